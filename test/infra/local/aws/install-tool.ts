/** A program that installs a small tool from PyPI into the cache folder of its environment and says what came of it. */
import { installPythonTool } from '../../../../infra/local/aws/python-tools.ts';
import { Fault } from '../../../../lib/core/fault/fault.ts';

const [version = ''] = process.argv.slice(2);
try {
  console.log(await installPythonTool({ name: 'six', version, packages: [`six==${version}`] }));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.log(`${error.code}: ${error.message} ${error.hint}`);
}
