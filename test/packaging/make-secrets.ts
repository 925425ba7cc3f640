import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { read } from './compose-file.ts';

/**
 * Makes the secrets of the scaled set-up with the very commands that the page tells operators to type.
 * @returns the folder that holds them
 */
export function makeSecrets(folder: string): string {
  const [, recipe = ''] = /<!-- secrets -->\n+```sh\n([\s\S]*?)```/.exec(read('docs/operations.md')) ?? [];
  execFileSync('sh', ['-eu', '-c', recipe], { cwd: folder });
  return join(folder, 'secrets');
}
