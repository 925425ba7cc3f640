import { Command } from 'commander';
import type { SealKeyFolder } from '../../config/seal-keys.ts';
import { NotFound } from '../../pipeline/domain/errors.ts';
import { processTerminal, type Terminal } from '../terminal.ts';

/** `guanlan seal-key`: beside a running service, which sees a new file at once. */
export function buildSealKeyCommand(
  openKeys: () => SealKeyFolder,
  terminal: Pick<Terminal, 'print' | 'say'> = processTerminal,
): Command {
  const command = new Command('seal-key').description(
    'the keys that seal approved drafts: list, public, rotate',
  );
  command
    .command('list')
    .description('their names, the newest last')
    .action(() => {
      for (const kid of openKeys().kids()) terminal.print(kid);
    });
  command
    .command('public')
    .argument('[kid]', 'the newest unless told')
    .description('the public key, PEM: whoever has it can verify an exported seal')
    .action((asked: string | undefined) => {
      const keys = openKeys();
      const kid = asked ?? keys.kids().at(-1);
      const key = kid === undefined ? null : keys.findPublic(kid);
      if (key === null)
        throw new NotFound(kid === undefined ? 'nothing was sealed yet' : `there is no key ${kid}`);
      terminal.print(String(key.export({ type: 'spki', format: 'pem' })).trimEnd());
    });
  command
    .command('rotate')
    .description('make a new key, which seals from now on; older ones stay, to verify what they sealed')
    .action(() => {
      const keys = openKeys();
      const { kid } = keys.add();
      terminal.print(kid);
      terminal.say(`Save a copy of ${keys.fileOf(kid)} with the other keys, apart from the backups.`);
    });
  return command;
}
