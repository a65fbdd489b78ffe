import type { EntryTime } from '../entry.js';
import type { WritableEntry } from '../writable-entry.js';
import { blockBytes } from './header.js';

const typeflags = { file: '0', hardlink: '1', symlink: '2', directory: '5' } as const;
/** The most that eleven octal digits hold: of bytes, and of seconds since 1970. */
const mostOctal = 8 ** 11 - 1;
/** Bytes of the fields for a path and for where a link leads. */
const fieldBytes = 100;

const plain = /^[\x20-\x7e]*$/;

const fits = (text: string): boolean => text.length <= fieldBytes && plain.test(text);

/** The header of an entry, with the pax header before it where it needs one. */
export function headersOf(entry: WritableEntry): Buffer {
  const path = entry.type === 'directory' ? `${entry.path}/` : entry.path;
  const target = 'target' in entry ? entry.target : '';
  const size = entry.type === 'file' ? entry.size : 0;
  const records = [
    ...(fits(path) ? [] : [record('path', path)]),
    ...(fits(target) ? [] : [record('linkpath', target)]),
    ...(isPlainTime(entry.modified) ? [] : [record('mtime', decimal(entry.modified))]),
    ...(size > mostOctal ? [record('size', String(size))] : []),
  ];
  const header = ustar(
    { path, target, size, mode: entry.mode, modified: entry.modified },
    typeflags[entry.type],
  );
  if (records.length === 0) return header;
  const body = Buffer.concat(records);
  const padding = Buffer.alloc((blockBytes - (body.length % blockBytes)) % blockBytes);
  const pax = {
    path: 'PaxHeader',
    target: '',
    size: body.length,
    mode: 0o644,
    modified: entry.modified,
  };
  return Buffer.concat([ustar(pax, 'x'), body, padding, header]);
}

const isPlainTime = ({ seconds, nanoseconds }: EntryTime): boolean =>
  nanoseconds === 0 && seconds >= 0 && seconds <= mostOctal;

/** Nanoseconds count forward from the second: half a second before 1970 is -0.5. */
function decimal({ seconds, nanoseconds }: EntryTime): string {
  if (nanoseconds === 0) return String(seconds);
  if (seconds >= 0) return `${seconds}.${fraction(nanoseconds)}`;
  const whole = -seconds - 1;
  return `-${whole}.${fraction(1_000_000_000 - nanoseconds)}`;
}

const fraction = (nanoseconds: number): string =>
  String(nanoseconds).padStart(9, '0').replace(/0+$/, '');

/** A pax record begins with its own length in decimal. */
function record(key: string, value: string): Buffer {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (rest.length + String(length).length !== length)
    length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

interface UstarFields {
  path: string;
  target: string;
  size: number;
  mode: number;
  modified: EntryTime;
}

/** Names beyond ASCII stand in the pax header; here each of their other letters is an underscore. */
const short = (text: string): string => text.slice(0, fieldBytes).replace(/[^\x20-\x7e]/g, '_');

function ustar({ path, target, size, mode, modified }: UstarFields, typeflag: string): Buffer {
  const header = Buffer.alloc(blockBytes);
  header.write(short(path), 0, 'latin1');
  header.write(octal(mode, 8), 100, 'latin1');
  header.write(octal(0, 8), 108, 'latin1');
  header.write(octal(0, 8), 116, 'latin1');
  header.write(octal(size > mostOctal ? 0 : size, 12), 124, 'latin1');
  header.write(octal(Math.min(Math.max(modified.seconds, 0), mostOctal), 12), 136, 'latin1');
  header.write(' '.repeat(8), 148, 'latin1');
  header.write(typeflag, 156, 'latin1');
  header.write(short(target), 157, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 7)} `, 148, 'latin1');
  return header;
}

/** Octal digits that fill a field with the zero byte behind them. */
const octal = (value: number, bytes: number): string =>
  `${value.toString(8).padStart(bytes - 1, '0')}\0`;
