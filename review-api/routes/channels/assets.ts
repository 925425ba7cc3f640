import { buildAssetRegister } from '../../../pipeline/commands/export-register.ts';
import { bucketHour } from '../../../pipeline/domain/time.ts';
import type { Handler } from '../../http/call.ts';

export const exportChannels: Handler<'exportChannels'> = async ({ deps }) => ({
  fileName: `channels-${bucketHour(deps.clock.now()).slice(0, 10)}.csv`,
  csv: buildAssetRegister(await deps.directory.settings()),
});
