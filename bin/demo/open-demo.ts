import { readSeeds } from '../../config/seeds.ts';
import { importSeeds } from '../../pipeline/commands/import-seeds.ts';
import type { Context } from '../../pipeline/context.ts';
import { startCampus } from '../../test/campus/campus.ts';
import { seedFallbackDir } from '../open-context.ts';
import { withRuleFiles } from '../rule-report.ts';
import type { Demo } from './demo.ts';
import type { DemoClock } from './demo-clock.ts';
import { saveDemoCredentials } from './demo-credentials.ts';
import { demoRoster } from './demo-roster.ts';
import { buildDemoChannels, buildDemoSeeds } from './demo-seeds.ts';

/**
 * Opens the campus beside an empty store, with settings and credentials as an office has them. The caller closes the campus.
 * @param clock the context's own, some hours behind
 */
export async function openDemo(
  context: Context,
  clock: DemoClock,
  say: (line: string) => void,
): Promise<Demo> {
  const campus = await startCampus({ today: new Date(), now: () => new Date(clock.now()) });
  try {
    const demo: Demo = { context, clock, campus, channels: buildDemoChannels(campus), say };
    const ours = readSeeds(seedFallbackDir, seedFallbackDir);
    await withRuleFiles({ seedDir: seedFallbackDir, fallbackDir: seedFallbackDir }, () =>
      importSeeds(
        { ...ours, ...buildDemoSeeds(campus, Object.values(demo.channels)), ...demoRoster },
        context,
      ),
    );
    await saveDemoCredentials(demo);
    return demo;
  } catch (error) {
    await campus.close();
    throw error;
  }
}
