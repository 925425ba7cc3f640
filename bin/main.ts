import { Command } from 'commander';
import { describeFailure } from './failure.ts';
import {
  openExistingContext,
  readConfig,
  readPackageVersion,
  readSeedKnowledge,
  readSeedSchool,
} from './open-context.ts';

interface Entry {
  name: string;
  summary: string;
  /** Loaded only when asked for: the crawler and the segmenter take seconds to load. */
  load(): Promise<Command>;
}

const entries: readonly Entry[] = [
  {
    name: 'start',
    summary: 'run everything in one process',
    load: async () => (await import('./commands/start.ts')).buildStartCommand(),
  },
  {
    name: 'api',
    summary: 'serve the workbench alone (scaled set-up)',
    load: async () => (await import('./commands/scaled-parts.ts')).buildApiCommand(),
  },
  {
    name: 'worker',
    summary: 'judge and keep house (scaled set-up)',
    load: async () => (await import('./commands/scaled-parts.ts')).buildWorkerCommand(),
  },
  {
    name: 'demo',
    summary: 'the same, with a simulated campus and accounts for every role',
    load: async () => (await import('./commands/demo.ts')).buildDemoCommand(),
  },
  {
    name: 'init',
    summary: "propose channels.yaml and units.yaml from a school's home page",
    load: async () => {
      const { openInitContext } = await import('./command-contexts.ts');
      return (await import('./commands/init.ts')).buildInitCommand(openInitContext);
    },
  },
  {
    name: 'crawl',
    summary: 'read the registered channels',
    load: async () => {
      const { openCrawlContext, crawlHooks } = await import('./command-contexts.ts');
      return (await import('./commands/crawl.ts')).buildCrawlCommand(openCrawlContext, crawlHooks());
    },
  },
  {
    name: 'judge',
    summary: 'judge JSON lines from stdin',
    load: async () =>
      (await import('./commands/judge.ts')).buildJudgeCommand(
        async () => readSeedSchool(),
        readConfig().judgeThreads,
      ),
  },
  {
    name: 'check',
    summary: "check the school's own texts before they are published",
    load: async () => (await import('./commands/check.ts')).buildCheckCommand(readSeedKnowledge),
  },
  {
    name: 'parse',
    summary: 'show what the crawler takes from recorded pages',
    load: async () => (await import('./commands/parse.ts')).buildParseCommand(),
  },
  {
    name: 'user',
    summary: 'add and manage accounts',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/user.ts')).buildUserCommand(openOfficeContext);
    },
  },
  {
    name: 'setup',
    summary: 'units, people, duty roster and review chains from one Excel file',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/setup.ts')).buildSetupCommand(openOfficeContext);
    },
  },
  {
    name: 'channel',
    summary: 'list the channels, try one on a page, add articles by hand',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/channel.ts')).buildChannelCommand(openOfficeContext);
    },
  },
  {
    name: 'credential',
    summary: "what the school's own accounts are let in with",
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/credential.ts')).buildCredentialCommand(openOfficeContext);
    },
  },
  {
    name: 'objection',
    summary: 'people who do not want to be gathered',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/objection.ts')).buildObjectionCommand(openOfficeContext);
    },
  },
  {
    name: 'notice',
    summary: 'write the public notice and its pages as files',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/notice.ts')).buildNoticeCommand(openOfficeContext);
    },
  },
  {
    name: 'rules',
    summary: 'list, check, try, count, move and import rules',
    load: async () => {
      const { openOfficeContext } = await import('./command-contexts.ts');
      return (await import('./commands/rules.ts')).buildRulesCommand(openOfficeContext);
    },
  },
  {
    name: 'report',
    summary: 'write a brief, or the ledger of cases, as a file',
    load: async () => {
      const { openReportContext } = await import('./command-contexts.ts');
      return (await import('./commands/report.ts')).buildReportCommand(openReportContext);
    },
  },
  {
    name: 'jobs',
    summary: 'list dead jobs and run them again (scaled set-up)',
    load: async () => {
      const { openQueueContext } = await import('./command-contexts.ts');
      return (await import('./commands/jobs.ts')).buildJobsCommand(openQueueContext);
    },
  },
  {
    name: 'verify-audit',
    summary: 'check the chains of the audit and read logs',
    load: async () =>
      (await import('./commands/verify-audit.ts')).buildVerifyAuditCommand(() => openExistingContext()),
  },
  {
    name: 'verify-seal',
    summary: 'check that approved drafts are what was sealed',
    load: async () =>
      (await import('./commands/verify-seal.ts')).buildVerifySealCommand(() => openExistingContext()),
  },
  {
    name: 'seal-key',
    summary: 'the keys that seal approved drafts: list, public, rotate',
    load: async () => {
      const { openSealKeys } = await import('../config/seal-keys.ts');
      const { buildSealKeyCommand } = await import('./commands/seal-key.ts');
      return buildSealKeyCommand(() => openSealKeys(readConfig().keysDir, () => new Date().toISOString()));
    },
  },
  {
    name: 'doctor',
    summary: 'say what is missing or wrong on this machine and in this configuration',
    load: async () => (await import('./commands/doctor.ts')).buildDoctorCommand(),
  },
];

const program = new Command('guanlan')
  .description(
    "Guanlan 观澜: public-opinion monitoring and content review for a university's publicity office",
  )
  .version(readPackageVersion())
  .showHelpAfterError('(--help shows what can be given)');

for (const entry of entries) {
  const asked = process.argv[2] === entry.name;
  program.addCommand(asked ? await entry.load() : new Command(entry.name).description(entry.summary));
}

// A reader that closes the pipe early (head, grep -q) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`guanlan: ${describeFailure(error)}\n`);
  process.exitCode = 1;
}
