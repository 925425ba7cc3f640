import { readSeeds } from '../../config/seeds.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { importSeeds } from '../../pipeline/commands/import-seeds.ts';
import type { Context } from '../../pipeline/context.ts';
import { startCampus } from '../../test/campus/campus.ts';
import { stories } from '../../test/campus/content/stories/index.ts';
import { seedFallbackDir } from '../open-context.ts';
import { withRuleFiles } from '../rule-report.ts';
import type { Demo } from './demo.ts';
import type { DemoClock } from './demo-clock.ts';
import { saveDemoCredentials } from './demo-credentials.ts';
import { demoRoster } from './demo-roster.ts';
import { buildDemoChannels, buildDemoSeeds } from './demo-seeds.ts';
import { buildWeeks } from './demo-weeks.ts';

const dayMinutes = 24 * 60;

/**
 * Opens the campus beside an empty store, with settings and credentials as an office has them. The caller closes the campus.
 * @param clock the context's own, some hours behind
 */
export async function openDemo(
  context: Context,
  clock: DemoClock,
  say: (line: string) => void,
): Promise<Demo> {
  const today = new Date();
  const { story, leads } = buildWeeks(today);
  const campus = await startCampus({
    ...{ today, now: () => new Date(clock.now()), stories: [...stories, story] },
  });
  try {
    const channels = buildDemoChannels(campus);
    const slowly = Object.values(channels).map((one) => ({ ...one, everyMinutes: dayMinutes }));
    const ours = readSeeds(seedFallbackDir, seedFallbackDir);
    await withRuleFiles({ seedDir: seedFallbackDir, fallbackDir: seedFallbackDir }, () =>
      importSeeds(
        { ...ours, ...buildDemoSeeds(campus, slowly), ...demoRoster },
        // Rules say until when they hold, counted from today.
        { ...context, clock: systemClock },
      ),
    );
    const demo: Demo = { context, clock, campus, channels, leads, say };
    await saveDemoCredentials(demo);
    return demo;
  } catch (error) {
    await campus.close();
    throw error;
  }
}
