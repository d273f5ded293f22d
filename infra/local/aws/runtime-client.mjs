/** Runs one function as AWS's client for Node 24 does: asks for an event, calls the handler, posts what came of it. */
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { env } = process;
const api = `http://${env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const agent = new Agent({ keepAlive: true });
/** Null while it starts, and between two events. */
let requestId = null;

process.on('uncaughtException', (error) => die(error, 129));
process.on('unhandledRejection', (reason) => {
  const error = reason instanceof Error ? reason : new Error(String(reason));
  return die(Object.assign(new Error(`${error.name}: ${error.message}`), rename('UnhandledPromiseRejection')), 128);
});

const handler = await loadHandler(env._HANDLER).catch((error) => die(error, 1));
for (;;) {
  const { headers, body } = await call('GET', 'invocation/next');
  requestId = headers['lambda-runtime-aws-request-id'];
  env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
  const [outcome, answer] = await run(JSON.parse(body), contextOf(headers));
  await call('POST', `invocation/${requestId}/${outcome}`, answer);
  requestId = null;
}

async function run(event, context) {
  try {
    return ['response', JSON.stringify(await handler(event, context)) ?? 'null'];
  } catch (error) {
    return ['error', JSON.stringify(describe(error))];
  }
}

/** `folder/file.export`, as serverless.yml names it. */
async function loadHandler(name) {
  const [, file, path] = /^(.*?[^/]*?)\.([^/]+)$/.exec(name) ?? [];
  const found = ['.js', '.mjs', '.cjs']
    .map((extension) => join(env.LAMBDA_TASK_ROOT, `${file}${extension}`))
    .find(existsSync);
  if (found === undefined) throw Object.assign(new Error(`Cannot find module '${file}'`), rename('ImportModuleError'));
  const module = await import(pathToFileURL(found).href);
  const loaded = path.split('.').reduce((value, key) => value?.[key], module);
  if (typeof loaded === 'function') return loaded;
  throw Object.assign(new Error(`${name} is undefined or not exported`), rename('HandlerNotFound'));
}

function contextOf(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  return {
    awsRequestId: requestId,
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}

async function die(error, code) {
  console.error(error);
  const where = requestId === null ? 'init/error' : `invocation/${requestId}/error`;
  await call('POST', where, JSON.stringify(describe(error))).catch(() => {});
  process.exit(code);
}

function rename(name) {
  return { name: `Runtime.${name}` };
}

function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function call(method, path, body) {
  return new Promise((resolve, reject) => {
    const sent = request(`${api}/${path}`, { method, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.once('end', () => resolve({ headers: response.headers, body: text })).once('error', reject);
    });
    sent.once('error', reject).end(body);
  });
}
