/** The deployed renderer. */
import { selfTest } from '../self-test.ts';
import { render } from './render.ts';
import { renderSelfChecks } from './self-checks.ts';
import { wire } from './wire.ts';

const parts = wire(process.env);
const limits = { timeoutMs: 30_000, maxOutputBytes: 1_000_000 };
const selfChecks = async () => renderSelfChecks({ renderer: parts.rendererFor(limits) });
export const handler = render(parts, { middleware: [selfTest(selfChecks, parts.log)] });
