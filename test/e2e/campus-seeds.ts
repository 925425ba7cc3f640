import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Campus } from '../campus/campus.ts';

/** Seed files that have both sites of the simulated campus crawled. */
export function writeCampusSeeds(folder: string, campus: Campus): void {
  mkdirSync(folder);
  const channel = (id: string, startUrls: readonly string[]) => ({
    id,
    kind: 'site',
    name: id,
    unit: 'publicity',
    state: 'live',
    startUrls,
    allow: [{ host: new URL(startUrls[0] ?? '').host }],
    privateAddress: true,
    requestsPerMinute: 6000,
  });
  const channels = [channel('main', campus.vsb.startUrls), channel('it', campus.webplus.startUrls)];
  writeFileSync(join(folder, 'channels.yaml'), stringify({ channels }));
  writeFileSync(join(folder, 'units.yaml'), stringify({ units: [{ id: 'publicity', name: '党委宣传部' }] }));
}
