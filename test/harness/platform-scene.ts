import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openKeyRing } from '../../config/key-ring.ts';
import { startCrawling } from '../../crawlers/main.ts';
import type { Platforms } from '../../crawlers/source.ts';
import type { OpenedPorts } from '../../pipeline/adapters/open-stores.ts';
import { type Credentials, openCredentials } from '../../pipeline/commands/credentials.ts';
import { judgeText } from '../../pipeline/commands/current-judge.ts';
import { judgeAllDue } from '../../pipeline/commands/judge-batch.ts';
import { openBaselines } from '../../pipeline/commands/measure-baselines.ts';
import { type Objections, openObjections } from '../../pipeline/commands/objections.ts';
import { type CrawledChannel, Governance } from '../../pipeline/domain/channel.ts';
import type { CrawlRun } from '../../pipeline/domain/crawl.ts';
import { createJudge } from '../../pipeline/stages/judge.ts';
import { FakeClock } from './fake-clock.ts';
import { openPlace, type Place } from './places.ts';
import { dumpPlace, findValues } from './raw-dump.ts';

/** Everything that R21 asks for, until the end of the year. */
export const answered = Governance.parse({
  school: '沧澜师范学院',
  controller: '沧澜师范学院',
  independentReviewer: '纪检监察室',
  noticeUrl: 'https://www.canglan.example/notice.htm',
  impactAssessment: { signedOn: '2026-01-10', expiresOn: '2026-12-31' },
});

/** Crawling as a process does it: by the schedule, with its log, over the stores of a set-up; the platform alone is simulated. */
export class PlatformScene {
  readonly clock: FakeClock;
  readonly ports: OpenedPorts;
  readonly credentials: Credentials;
  readonly objections: Objections;
  readonly keysDir: string;
  private readonly place: Place;
  private readonly lines: string[] = [];
  private runs = 0;

  private constructor(place: Place, ports: OpenedPorts, clock: FakeClock) {
    this.place = place;
    this.ports = ports;
    this.clock = clock;
    this.keysDir = mkdtempSync(join(tmpdir(), 'guanlan-scene-keys-'));
    const ring = (purpose: 'connector' | 'objection') =>
      openKeyRing(this.keysDir, purpose, () => clock.now());
    const { credentials, objections } = ports.stores;
    this.credentials = openCredentials({ store: credentials, keys: ring('connector'), clock });
    this.objections = openObjections({ list: objections, keys: ring('objection'), clock });
  }

  static async open(place: Place, start = '2026-11-22T04:00:00.000Z'): Promise<PlatformScene> {
    const clock = new FakeClock(start);
    return new PlatformScene(place, await openPlace(place, clock), clock);
  }

  async govern(governance: Governance): Promise<void> {
    await this.save('governance', governance);
  }

  private async save(...[kind, body]: ['governance', Governance] | ['channels', CrawledChannel[]]) {
    const { settings } = this.ports.stores;
    const { clock } = this;
    const change = {
      expectedVersion: await settings.readVersion(),
      ...{ actorId: null, source: 'test', at: clock.now(), id: clock.newId() },
    };
    if (kind === 'governance') await settings.save(kind, body, change);
    else await settings.save(kind, body, change);
  }

  /** One run, started by the schedule: the channel is due. */
  async crawl(channel: CrawledChannel, platforms: Platforms): Promise<CrawlRun> {
    const { clock, ports, credentials, objections } = this;
    await this.save('channels', [channel]);
    let crawling: ReturnType<typeof startCrawling> | null = null;
    await new Promise<void>((ended) => {
      const write = (line: string) => {
        this.lines.push(line);
        if (/"msg":"a crawl /.test(line)) ended();
      };
      const logger = pino({ level: 'debug' }, { write });
      const context = { ...ports, clock, credentials, objections, platforms, logger };
      crawling = startCrawling(context, `scene-${++this.runs}`);
    });
    await (crawling as ReturnType<typeof startCrawling> | null)?.stop();
    const [run] = await ports.stores.ledger.listRuns(channel.id, 1);
    if (run === undefined) throw new Error('there was no run');
    return run;
  }

  /** What was gathered gets its verdicts, its cases and its words in the index. */
  async judge(): Promise<void> {
    const { clock, ports } = this;
    const judge = createJudge({ rules: [], settingsVersion: 1 });
    await judgeAllDue({
      ...{ stores: ports.stores, clock, readBaselines: openBaselines(ports.stores.baselines) },
      judgeTexts: async (inputs) => inputs.map((input) => judgeText(judge, input)),
    });
  }

  /** As when somebody copied the folder of keys and forgot one. */
  loseObjectionKeys(): void {
    for (const name of readdirSync(this.keysDir))
      if (name.startsWith('objection-')) rmSync(join(this.keysDir, name));
  }

  log(): string {
    return this.lines.join('');
  }

  /** Values that stand anywhere: database, index, blobs, log. */
  async findAnywhere(values: readonly string[]): Promise<string[]> {
    const log = { where: 'the log', bytes: Buffer.from(this.log()) };
    return findValues([...(await dumpPlace(this.place)), log], values);
  }

  async close(): Promise<void> {
    await this.ports.close();
    rmSync(this.keysDir, { recursive: true, force: true });
  }
}
