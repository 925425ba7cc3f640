import { AccessClass } from '../../pipeline/domain/access-class.ts';
import type { QueueName } from '../../pipeline/domain/category.ts';
import type { Rights } from '../../pipeline/domain/role.ts';
import type { Announcement, Announcer } from '../../pipeline/ports/announcer.ts';
import type { Stores } from '../../pipeline/ports/index.ts';
import { ChangeEvent } from '../contract/event.ts';

/** What changed in the queues of one class: all that a stream needs to know whom it may tell. */
export interface Change extends ChangeEvent {
  queues: readonly QueueName[];
  accessClass: AccessClass;
}

export interface ChangeFeed {
  /** @returns stops listening */
  listen(handler: (changes: readonly Change[]) => void): () => void;
  close(): void;
}

export interface ChangeFeedPorts {
  announcer: Announcer;
  stores: { cases: Pick<Stores['cases'], 'findCase'> };
  /** Told of a store that could not be asked; the pages' own polling finds the change. */
  onTrouble(error: unknown): void;
}

/** A batch of judgements becomes one look. */
const gatherMs = 250;

/** Who may hear of a case stands in the case: it is read once a process, whatever the number of listeners. */
export function openChangeFeed({ announcer, stores, onTrouble }: ChangeFeedPorts): ChangeFeed {
  const handlers = new Map<symbol, (changes: readonly Change[]) => void>();
  let gathered = new Map<string, Announcement>();
  let timer: NodeJS.Timeout | null = null;
  const tell = async () => {
    timer = null;
    const announced = [...gathered.values()];
    gathered = new Map();
    const changes = await findChanges(announced, stores.cases);
    if (changes.length > 0) for (const handler of [...handlers.values()]) handler(changes);
  };
  const stop = announcer.listen((announcement) => {
    if (handlers.size === 0) return;
    gathered.set(`${announcement.topic} ${announcement.subject}`, announcement);
    timer ??= setTimeout(() => void tell().catch(onTrouble), gatherMs);
  });
  return {
    listen: (handler) => {
      const place = Symbol();
      handlers.set(place, handler);
      return () => void handlers.delete(place);
    },
    close: () => {
      stop();
      handlers.clear();
      if (timer !== null) clearTimeout(timer);
    },
  };
}

async function findChanges(
  announced: readonly Announcement[],
  cases: ChangeFeedPorts['stores']['cases'],
): Promise<Change[]> {
  const changes = new Map<string, Change>();
  for (const { topic, subject } of announced) {
    const known = ChangeEvent.safeParse({ topic });
    if (!known.success) continue;
    if (known.data.topic === 'lead.registered') {
      changes.set(topic, { ...known.data, queues: ['review'], accessClass: 'open' });
      continue;
    }
    // Nobody is shown this: it only tells which readers may hear that there is something.
    const found = await cases.findCase(subject, { accessClasses: AccessClass.options });
    if (found === null) continue;
    const { queues, accessClass } = found;
    changes.set(`${topic} ${queues.join()} ${accessClass}`, { ...known.data, queues, accessClass });
  }
  return [...changes.values()];
}

/** What the reader may be told of it: without queue, class or case. */
export function visibleEvents(changes: readonly Change[], rights: Rights): ChangeEvent[] {
  const seen = changes.filter(
    ({ queues, accessClass }) =>
      rights.accessClasses.includes(accessClass) && queues.some((queue) => rights.queues.includes(queue)),
  );
  return [...new Set(seen.map(({ topic }) => topic))].map((topic) => ({ topic }));
}
