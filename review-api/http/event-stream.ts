import type { Express, Request, Response } from 'express';
import { type Rights, rightsFor } from '../../pipeline/domain/role.ts';
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
/** What a reader who is too slow may leave unread, in bytes. */
const unreadLimit = 64 * 1024;

const action = 'case.list';

/** The one answer that does not end: it tells a page that something has changed in a queue of its reader's. */
export function mountEventStream(app: Express, deps: EventStreamDeps): void {
  const open = new Map<string, number>();
  app.get(eventsPath, (request, response) => startStream({ request, response, deps, open }));
  app.all(eventsPath, () => {
    throw new MethodNotAllowed('GET');
  });
}

async function startStream({
  request,
  response,
  deps,
  open,
}: {
  request: Request;
  response: Response;
  deps: EventStreamDeps;
  open: Map<string, number>;
}): Promise<void> {
  response.locals.route = eventsPath;
  const { behindTls, publicOrigin } = deps.http;
  const token = findSessionToken(request.get('cookie'), behindTls);
  const findReader = () => (token === null ? Promise.resolve(null) : findSession(token, false, deps));
  const signedIn = await findReader();
  response.locals.actorId = signedIn?.user.id;
  authorise(action, signedIn);
  assertOwnPage(request, signedIn?.session ?? null, publicOrigin);
  // Gone while we looked: nobody would tell us again.
  if (response.closed) return;
  const sessionId = signedIn?.session.id ?? '';
  const others = open.get(sessionId) ?? 0;
  if (others >= streamsPerSession) throw new TooManyAttempts(60_000, '打开的页面太多，请关掉几个。');
  open.set(sessionId, others + 1);
  response.on('close', () => {
    const left = (open.get(sessionId) ?? 1) - 1;
    if (left > 0) open.set(sessionId, left);
    else open.delete(sessionId);
  });
  sendHeaders(response);
  keepStream(response, deps, findReader);
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

/** Before anything is sent it is asked anew whether the session still lives, and what its owner may see by now. */
function keepStream(
  response: Response,
  { feed, stopping }: EventStreamDeps,
  findReader: () => Promise<SignedIn | null>,
): void {
  const end = () => response.end();
  const send = async (build: (rights: Rights) => string) => {
    const reader = await findReader();
    const rights = reader === null ? null : rightsFor(reader.user.roles, action);
    if (rights?.permitted !== true || response.writableLength > unreadLimit) return end();
    const text = build(rights);
    if (text !== '' && !response.writableEnded) response.write(text);
  };
  // A store that is away: the page comes back by itself, and asks on its own until then.
  const sendOrEnd = (build: (rights: Rights) => string) => void send(build).catch(end);
  const heartbeat = setInterval(() => sendOrEnd(() => ':\n\n'), heartbeatMs);
  const stop = feed.listen((changes: readonly Change[]) =>
    sendOrEnd((rights) =>
      visibleEvents(changes, rights)
        .map((event) => `data: ${JSON.stringify(ChangeEvent.parse(event))}\n\n`)
        .join(''),
    ),
  );
  stopping.addEventListener('abort', end, { once: true });
  response.on('close', () => {
    clearInterval(heartbeat);
    stop();
    stopping.removeEventListener('abort', end);
  });
  if (stopping.aborted) end();
}
