import { buildNotice, type PublicNotice } from '../../pipeline/domain/public-notice.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import type { RouteDeps } from '../http/call.ts';

/** As what runs says at this moment. */
export async function buildCurrentNotice({ directory, clock, safeguards }: RouteDeps): Promise<PublicNotice> {
  return buildNotice({
    settings: await directory.settings(),
    models: safeguards.readModelFacts(),
    today: bucketHour(clock.now()).slice(0, 10),
  });
}
