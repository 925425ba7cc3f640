import { readdirSync, readFileSync } from 'node:fs';

/**
 * The processes that one started and that run now, from what Linux tells of them.
 * @param program part of their command line, as `reader-process`
 */
export function listChildPids(program: string, startedBy = process.pid): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return parent === String(startedBy) && line.includes(program);
      } catch {
        return false;
      }
    });
}
