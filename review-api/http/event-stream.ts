import type { Express, Request, Response } from 'express';
import { type Rights, rightsOf } from '../../pipeline/domain/role.ts';
import { ChangeEvent, eventsPath } from '../contract/event.ts';
import { authorise } from './authorise.ts';
import type { AppDeps } from './call.ts';
import { type Change, type ChangeFeed, visibleEvents } from './change-feed.ts';
import { MethodNotAllowed, TooManyAttempts } from './errors.ts';
import { assertOwnPage } from './own-pages.ts';
import { findSessionToken } from './session-cookie.ts';
import { findSession, type SignedIn } from './sessions.ts';

export interface EventStreamDeps extends AppDeps {
  feed: ChangeFeed;
  /** Ends all streams. */
  stopping: AbortSignal;
}

const heartbeatMs = 25_000;
const streamsPerSession = 6;
/** How often a stream asks whether its session still lives, at most. */
const lookEveryMs = 1000;
/** What a reader who is too slow may leave unread, in bytes. */
const unreadLimit = 64 * 1024;

const action = 'case.list';

/** The streams of one session. */
interface SessionStreams {
  count: number;
  /** One look for all who ask meanwhile: they are told of a change at the same time. */
  look: Promise<SignedIn | null> | null;
}

interface StreamScene {
  deps: EventStreamDeps;
  sessions: Map<string, SessionStreams>;
  /** What ends each stream. */
  ends: Set<() => void>;
}

/** The one answer that does not end: it tells a page that something has changed in a queue of its reader's. */
export function mountEventStream(app: Express, deps: EventStreamDeps): void {
  const scene: StreamScene = { deps, sessions: new Map(), ends: new Set() };
  deps.stopping.addEventListener('abort', () => {
    for (const end of scene.ends) end();
  });
  app.get(eventsPath, (request, response) => startStream(request, response, scene));
  app.all(eventsPath, () => {
    throw new MethodNotAllowed('GET');
  });
}

async function startStream(request: Request, response: Response, scene: StreamScene): Promise<void> {
  const { deps, sessions } = scene;
  response.locals.route = eventsPath;
  const { publicOrigin } = deps.http;
  const token = findSessionToken(request.get('cookie'), deps.http);
  const findReader = () => (token === null ? Promise.resolve(null) : findSession(token, false, deps));
  const signedIn = await findReader();
  response.locals.actorId = signedIn?.user.id;
  const rights = authorise({ action }, signedIn);
  assertOwnPage(request, signedIn?.session ?? null, publicOrigin);
  // Gone while we looked: nobody would tell us again.
  if (response.closed) return;
  const sessionId = signedIn?.session.id ?? '';
  const streams = sessions.get(sessionId) ?? { count: 0, look: null };
  if (streams.count >= streamsPerSession) throw new TooManyAttempts(60_000, '打开的页面太多，请关掉几个。');
  streams.count += 1;
  sessions.set(sessionId, streams);
  response.on('close', () => {
    streams.count -= 1;
    if (streams.count === 0) sessions.delete(sessionId);
  });
  sendHeaders(response);
  keepStream(response, scene, {
    rights,
    look: () => {
      streams.look ??= findReader().finally(() => {
        streams.look = null;
      });
      return streams.look;
    },
  });
}

function sendHeaders(response: Response): void {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  // Who was cut off comes back after five seconds.
  response.write('retry: 5000\n\n');
}

interface Reader {
  /** As they were at the last look. */
  rights: Rights;
  look(): Promise<SignedIn | null>;
}

/**
 * What does not concern the reader costs nothing. Before anything is sent it is asked anew whether the session still lives,
 * and what its owner may see by now.
 */
function keepStream(response: Response, { deps, ends }: StreamScene, reader: Reader): void {
  const { feed, stopping } = deps;
  let { rights } = reader;
  let waiting: Change[] = [];
  let timer: NodeJS.Timeout | null = null;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const end = () => void response.end();
  const send = async (build: () => string) => {
    lookedAtMs = performance.now();
    const found = await reader.look();
    if (found === null || response.writableLength > unreadLimit) return end();
    rights = rightsOf(found.appointments, action);
    if (!rights.permitted) return end();
    const text = build();
    if (text !== '' && !response.writableEnded) response.write(text);
  };
  // A store that is away: the page comes back by itself, and asks on its own until then.
  const sendOrEnd = (build: () => string) => void send(build).catch(end);
  const tell = () => {
    timer = null;
    const changes = waiting;
    waiting = [];
    sendOrEnd(() => writeEvents(changes, rights));
  };
  const heartbeat = setInterval(() => sendOrEnd(() => ':\n\n'), heartbeatMs);
  const stop = feed.listen((changes) => {
    const concerning = changes.filter((change) => visibleEvents([change], rights).length > 0);
    if (concerning.length === 0) return;
    waiting = mergeChanges(waiting, concerning);
    timer ??= setTimeout(tell, Math.max(0, lookedAtMs + lookEveryMs - performance.now()));
  });
  ends.add(end);
  response.on('close', () => {
    clearInterval(heartbeat);
    if (timer !== null) clearTimeout(timer);
    stop();
    ends.delete(end);
  });
  if (stopping.aborted) end();
}

/** The same once: there are only so many queues and classes, whatever a flood brings. */
function mergeChanges(known: readonly Change[], more: readonly Change[]): Change[] {
  return [...new Map([...known, ...more].map((change) => [JSON.stringify(change), change])).values()];
}

function writeEvents(changes: readonly Change[], rights: Rights): string {
  return visibleEvents(changes, rights)
    .map((event) => `data: ${JSON.stringify(ChangeEvent.parse(event))}\n\n`)
    .join('');
}
