/** Says of a dead letter what it was about and why it ended there, by what the log of its worker said last. */
import { readBody } from '../../../lib/adapters/sqs/message-body.ts';
import { Fault } from '../../../lib/core/fault/fault.ts';
import type { Message } from '../../../lib/ports/queue.ts';
import type { DeadLetter, Installation } from './installation.ts';

export async function explainDeadLetter(
  aws: Installation,
  letter: DeadLetter,
  { worker, queueArn, region }: { worker: string; queueArn: string; region: string },
): Promise<Fault> {
  const read = readBody(letter.body);
  const failure = await aws.lastFailure(worker, letter);
  const facts = { ...wordsOf(read), queueArn, region };
  if (failure !== null) {
    const fix = failure.hint ?? 'This looks like a bug: its stack is in the log of sync; report it.';
    return new Fault('doctor.dead_letter', { ...facts, because: failure.message, fix });
  }
  const because = 'the log says nothing of a failure';
  const fix = `The function was stopped each time, or the log is gone: look for "Task timed out" and "out of memory" in /aws/lambda/${worker}.`;
  return new Fault('doctor.dead_letter', { ...facts, because, fix });
}

function wordsOf(read: ReturnType<typeof readBody>): { about: string; why: string } {
  if (read.is === 'garbage') return { about: 'something that cannot be read', why: 'not written by Trueup' };
  if (read.is === 'newer') return { about: 'something only a newer version understands', why: 'written by it' };
  return { about: sayAbout(read.message), why: read.message.why };
}

function sayAbout(message: Message): string {
  if (message.about === 'repository') return `the repository ${message.repoURL}`;
  if (message.about === 'application') return `the Application ${message.name}`;
  if (message.about === 'cluster') return `the cluster ${message.name}`;
  return message.about === 'fleet' ? 'the fleet' : 'notices that are due';
}
