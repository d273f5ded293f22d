/** Tells the demo to a person, a line at a time: when it was, what was asked, what Trueup did and why, what came of it. */
import { stripVTControlCharacters, styleText } from 'node:util';

export type Narrator = {
  /** Of one scene: `2  A push scales it to 5`. */
  heading(number: number, title: string): void;
  /** What a person did: a command, and a word about it. */
  asked(command: string, note?: string): void;
  /** What Trueup did. `at` is ISO 8601, the moment in the record; without it, now. */
  did(text: string, at?: string): void;
  /** More about the line before. Kept as it is where it has several lines. */
  detail(text: string): void;
  /** A message as its readers see it: its headline, and what follows. */
  quoted(headline: string, lines: readonly string[]): void;
  /** What can be seen in the cluster after that. */
  seen(text: string): void;
  /** Outside the day: no time, no sign. */
  say(text: string): void;
};

export type Paint = (style: 'bold' | 'dim' | 'cyan' | 'green', text: string) => string;

export type NarratorOptions = {
  write(text: string): void;
  now(): Date;
  paint: Paint;
  /** Lines are broken at words to fit; null leaves them as long as they are. */
  width: number | null;
};

const widest = 110;

/** Colours and broken lines on a terminal only; NO_COLOR is heeded. */
export function terminalNarrator(stream: NodeJS.WriteStream): Narrator {
  return createNarrator({
    write: (text) => void stream.write(text),
    now: () => new Date(),
    paint: (style, text) => styleText(style, text, { stream }),
    width: stream.isTTY ? Math.min(stream.columns, widest) : null,
  });
}

const timeWidth = '12:03:01'.length;

export function createNarrator({ write, now, paint, width }: NarratorOptions): Narrator {
  const indent = ' '.repeat(3 + timeWidth + 4);
  const line = (time: Date, sign: string, text: string): void => {
    write(`   ${paint('dim', clock(time))}  ${sign} ${wrap(text, indent, width)}\n`);
  };
  return {
    heading: (number, title) => write(`\n${paint('bold', `${number}  ${title}`)}\n`),
    asked: (command, note) =>
      line(now(), paint('cyan', '$'), `${command}${note === undefined ? '' : `   ${paint('dim', note)}`}`),
    did: (text, at) => line(at === undefined ? now() : new Date(at), paint('cyan', '→'), text),
    detail(text) {
      for (const part of text.split('\n')) write(`${indent}${paint('dim', wrap(part, indent, width))}\n`);
    },
    quoted(headline, lines) {
      write(`   ${wrap(headline, '   ', width)}\n`);
      if (lines.length > 0) write(`      ${paint('dim', wrap(lines.join(' · '), '      ', width))}\n`);
    },
    seen: (text) => line(now(), paint('green', '✓'), text),
    say: (text) => write(`${text}\n`),
  };
}

/** The clock on the wall of whoever reads. */
function clock(time: Date): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

function wrap(text: string, indent: string, width: number | null): string {
  if (width === null) return text;
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && stripVTControlCharacters(joined).length <= room) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  return lines.map((line) => line.trimEnd()).join(`\n${indent}`);
}
