import { execFileSync } from 'node:child_process';

interface Copy {
  /** The stage copied from; null for the build context. */
  from: string | null;
  sources: string[];
}

export interface Stage {
  name: string | null;
  image: string;
  text: string;
  copies: Copy[];
  env: Record<string, string>;
  /** The argument of the last instruction of this name; '' when there is none. */
  last(instruction: string): string;
}

/** Instructions with their continued lines joined, comments left out. */
function readInstructions(text: string): { name: string; rest: string }[] {
  const joined = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, '');
  return joined
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...rest] = line.trim().split(/\s+/);
      return { name, rest: rest.join(' ') };
    });
}

function parseCopy(rest: string): Copy {
  const words = rest.split(' ');
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length) ?? null;
  return { from, sources: words.filter((word) => !word.startsWith('--')).slice(0, -1) };
}

function buildStage(instructions: { name: string; rest: string }[]): Stage {
  const of = (name: string) => instructions.filter((one) => one.name === name).map((one) => one.rest);
  const [image = '', , name = null] = (of('FROM')[0] ?? '').split(' ');
  const pairs = of('ENV').flatMap((rest) => rest.split(' ').map((pair) => pair.split('=')));
  return {
    name,
    image,
    text: instructions.map((one) => `${one.name} ${one.rest}`).join('\n'),
    copies: of('COPY').map(parseCopy),
    env: Object.fromEntries(pairs.map(([key = '', value = '']) => [key, value])),
    last: (wanted) => of(wanted).at(-1) ?? '',
  };
}

export function parseDockerfile(text: string): Stage[] {
  const instructions = readInstructions(text);
  const starts = instructions.flatMap((one, index) => (one.name === 'FROM' ? [index] : []));
  return starts.map((start, n) => buildStage(instructions.slice(start, starts[n + 1])));
}

/** `*` stays within a folder, `**` crosses folders; what the files here use, and no more. */
function globToRegExp(glob: string): RegExp {
  const literal = glob.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const parts = literal.split('**/').map((part) => part.replaceAll('*', '[^/]*'));
  return new RegExp(`^${parts.join('(?:.*/)?')}$`);
}

/** What a .dockerignore leaves out: of the patterns that match a path or a folder above it, the last one decides. */
export function parseIgnored(text: string): (path: string) => boolean {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const patterns = lines.map((line) => ({
    lets: line.startsWith('!'),
    shape: globToRegExp(line.replace(/^!/, '')),
  }));
  return (path) => {
    const steps = path.split('/');
    const lineage = steps.map((_, n) => steps.slice(0, n + 1).join('/'));
    let isOut = false;
    for (const { lets, shape } of patterns) {
      if (lineage.some((one) => shape.test(one))) isOut = !lets;
    }
    return isOut;
  };
}

export function portOf(mapping: string): { address: string; outside: number; inside: number } {
  const [address = '', outside, inside] = mapping.split(':');
  return { address, outside: Number(outside), inside: Number(inside) };
}

/** Paths that git knows or would take. */
export function listTracked(root: string): string[] {
  const options = { cwd: root, encoding: 'utf8' as const };
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], options).split('\n');
}
