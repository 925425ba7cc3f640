import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import type { Seeds } from '../../config/seeds.ts';
import { makeDataDir } from '../../pipeline/adapters/open-stores.ts';
import { systemClock } from '../../pipeline/adapters/system-clock.ts';
import { governanceReminders } from '../../pipeline/domain/comments-gate.ts';
import { InvalidInput } from '../../pipeline/domain/errors.ts';
import { bucketHour } from '../../pipeline/domain/time.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { describeFailure } from '../failure.ts';
import { readCheckedSeeds } from '../import-seeds.ts';
import { readConfig, webFolder } from '../open-context.ts';
import { checkBrowser } from './doctor-browser.ts';
import { checkChannels, checkRegister } from './doctor-channels.ts';
import { checkChartFont } from './doctor-charts.ts';
import { checkKeys } from './doctor-keys.ts';
import { checkModels } from './doctor-models.ts';
import { checkPictureText } from './doctor-pictures.ts';
import { type Found, fail, ok, type Result, warn } from './doctor-result.ts';
import { checkCalendar, checkRoster } from './doctor-school.ts';
import { checkDatabase, checkQueue, checkSetUp } from './doctor-servers.ts';
import { checkSignIn } from './doctor-sign-in.ts';

interface Check {
  name: string;
  run(config: Config, found: Found): Result | Promise<Result>;
}

const leastFreeBytes = 1024 ** 3;

function checkNode(): Result {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const enough = major > 20 || (major === 20 && minor >= 19);
  return enough ? ok(process.version) : fail(`${process.version} is too old; Node 20.19 or newer is needed`);
}

function checkDataDir({ dataDir, setUp }: Config): Result {
  if (setUp === 'scaled') return ok('not used in the scaled set-up');
  makeDataDir(dataDir);
  accessSync(dataDir, constants.R_OK | constants.W_OK);
  const { bavail, bsize } = statfsSync(dataDir);
  const gib = ((bavail * bsize) / 1024 ** 3).toFixed(1);
  if (bavail * bsize < leastFreeBytes)
    return warn(`${dataDir} has only ${gib} GiB free; keep at least 1 GiB`);
  return ok(`${dataDir}, ${gib} GiB free`);
}

function readAllSeeds({ seedDir }: Config): Seeds {
  return readCheckedSeeds(seedDir);
}

function checkSeeds(config: Config): Result {
  const seeds = readAllSeeds(config);
  const { channels, units, rules } = seeds;
  const crawled = channels.body.filter(({ state }) => state === 'trial' || state === 'live');
  const counts = `${channels.body.length} channels, ${units.body.length} units, ${rules.body.length} rules`;
  if (crawled.length === 0) {
    return warn(`${config.seedDir}: ${counts}; no channel is \`trial\` or \`live\`, so nothing is crawled`);
  }
  return ok(`${config.seedDir}: ${counts}, ${crawled.length} crawled`);
}

function browserOf({ outward }: Config) {
  return { named: outward.chromium, path: outward.path, sandbox: outward.sandbox };
}

function checkGovernance(config: Config): Result {
  const today = bucketHour(systemClock.now()).slice(0, 10);
  const [reminder] = governanceReminders(readAllSeeds(config).governance.body, today);
  return reminder === undefined ? ok('comments may be gathered') : warn(reminder.says);
}

function checkJudge(config: Config): Result {
  const judge = createJudge({ rules: readAllSeeds(config).rules.body, settingsVersion: 0 });
  const { verdict, tokens } = judge.judge({
    stored: '食堂的饭菜凉了',
    kind: 'comment',
    metrics: {},
    textVersion: 1,
  });
  // Missing models are told of by their own check.
  const unchecked = verdict.couldNotCheck.find(({ reason }) => reason !== 'ModelsUnavailable');
  if (unchecked !== undefined) return fail(`stage ${unchecked.stage}: ${unchecked.reason}`);
  return tokens.length > 1
    ? ok(`segments and judges (${tokens.join(' ')})`)
    : fail('the segmenter cuts nothing');
}

function checkPort({ http }: Config): Promise<Result> {
  return new Promise((settle) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      settle(
        warn(
          `${http.host}:${http.port} cannot be had (${error.code}): a service runs there, or set GUANLAN_PORT`,
        ),
      ),
    );
    server.listen(http.port, http.host, () =>
      server.close(() => settle(ok(`${http.host}:${http.port} is free`))),
    );
  });
}

function checkPages(): Result {
  return existsSync(join(webFolder, 'index.html')) ? ok('built') : fail('not built: npm run build:web');
}

function checkExposure({ http }: Config): Result {
  const local = ['127.0.0.1', '::1', 'localhost'].includes(http.host);
  if (local || http.secure) return ok(local ? 'this machine only' : `behind ${http.publicUrl}`);
  return warn(
    'reachable from the network without https: put a TLS proxy in front and set GUANLAN_PUBLIC_URL',
  );
}

const checks: readonly Check[] = [
  { name: 'Node', run: checkNode },
  { name: 'set-up', run: checkSetUp },
  { name: 'data folder', run: checkDataDir },
  { name: 'database', run: checkDatabase },
  { name: 'keys', run: checkKeys },
  { name: 'queue', run: checkQueue },
  { name: 'configuration', run: checkSeeds },
  { name: 'browser', run: (config) => checkBrowser(browserOf(config), readAllSeeds(config).channels.body) },
  { name: 'comments', run: checkGovernance },
  { name: 'channels', run: (_config, found) => checkChannels(found) },
  { name: 'register', run: (_config, found) => checkRegister(found) },
  { name: 'calendar', run: (_config, found) => checkCalendar(found.school) },
  { name: 'duty roster', run: (_config, found) => checkRoster(found.school) },
  { name: 'models', run: () => checkModels() },
  { name: 'judgement', run: checkJudge },
  { name: 'text in pictures', run: (config) => checkPictureText(config) },
  { name: 'charts', run: (config) => checkChartFont(config) },
  { name: 'sign-in', run: checkSignIn },
  { name: 'pages', run: checkPages },
  { name: 'port', run: checkPort },
  { name: 'exposure', run: checkExposure },
];

/** A wrong seed file is told of once, by the check that is named for it. */
const needsSeeds = new Set(['browser', 'comments', 'judgement']);

async function runCheck(check: Check, config: Config, found: Found): Promise<Result> {
  try {
    return await check.run(config, found);
  } catch (error) {
    if (error instanceof InvalidInput && needsSeeds.has(check.name))
      return warn('not checked: see configuration');
    return fail(describeFailure(error).split('\n')[0] ?? '');
  }
}

/** `guanlan doctor`: every check runs, whatever the others found. */
export function buildDoctorCommand(): Command {
  return new Command('doctor')
    .description('say what is missing or wrong on this machine and in this configuration')
    .action(async () => {
      const config = readConfig();
      const ringKids = { connector: [], objection: [], totp: [] };
      const found: Found = { anchorKids: null, ringKids, sealKids: [] };
      let failed = 0;
      for (const check of checks) {
        const { mark, says } = await runCheck(check, config, found);
        if (mark === 'fail') failed += 1;
        process.stdout.write(`${mark.padEnd(4)}  ${check.name}: ${says}\n`);
      }
      if (failed > 0) {
        process.stderr.write(`guanlan: ${failed} of ${checks.length} checks failed\n`);
        process.exitCode = 1;
      }
    });
}
