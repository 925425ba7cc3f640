import type { WeiboChannel } from '../../../pipeline/domain/channel.ts';
import { NotPermitted, PageChanged } from '../../../pipeline/domain/errors.ts';
import { laterBy } from '../../../pipeline/domain/time.ts';
import type { EgressResponse } from '../../../pipeline/ports/egress.ts';
import type { Source, SourceReading } from '../../source.ts';
import { toGatheredPost } from '../parsed.ts';
import type { WeiboAnswer } from './answer.ts';
import { addressOf, allowedPaths, askedAddress, type Call, readCall } from './calls.ts';
import { commentPages } from './found-pages.ts';
import { instantOfId } from './id-time.ts';
import { readAnswer } from './parse.ts';
import { allotmentsFor, nextStatusLook } from './plan-calls.ts';
import { readCommentPage, readPlainInstead } from './read-comments.ts';
import { readList } from './read-list.ts';
import { emptyReading, type Reading } from './reading.ts';
import { type Refused, refusedByBody, refusedByStatus } from './refuse.ts';

const dayMs = 86_400_000;
/** Hot comments of what is older may be closed, without anybody being turned away. */
const hotMs = 30 * dayMs;

function readResponse(response: EgressResponse, { page, scope }: Reading): WeiboAnswer {
  const text = new TextDecoder().decode(response.body);
  return readAnswer(text, {
    fetchedAt: scope.now,
    url: page.url,
    ownAccount: scope.channel.uid,
    isObjector: scope.isObjector,
  });
}

/** An answer, or the error that says what its refusal means. */
function takeAnswer(response: EgressResponse, reading: Reading): WeiboAnswer | 'try-plain' {
  const { scope, page } = reading;
  const refused: Refused = { channel: scope.channel, url: page.url, now: scope.now };
  const answer = readResponse(response, reading);
  const { refusal } = answer;
  const said = refusal !== null && refusal.cause !== 'unknown' && /^[{[]/.test(beginningOf(response));
  const byStatus = response.status === 200 || said ? null : refusedByStatus(response, refused);
  if (byStatus === null && response.status === 200 && refusal === null) return answer;
  if (refusal?.cause === 'login') throw byStatus ?? refusedByBody(refusal, refused);
  if (isClosedForAge(reading) && (response.status === 403 || response.status === 200)) {
    if (refusal === null || refusal.cause === 'unknown' || refusal.cause === 'banned') return 'try-plain';
  }
  if (byStatus !== null) throw byStatus;
  if (refusal === null) throw new PageChanged(page.url, `status ${response.status} with an answer`);
  if (refusal.cause === 'gone' || refusal.cause === 'nothing') return answer;
  throw refusedByBody(refusal, refused);
}

function beginningOf({ body }: EgressResponse): string {
  return Buffer.from(body.subarray(0, 100)).toString('latin1').replace(/^ï»¿/, '').trimStart();
}

function isClosedForAge({ call, scope }: Reading): boolean {
  if (call.kind !== 'hot-comments' || call.statusId === null) return false;
  const published = instantOfId(call.statusId);
  return published !== null && Date.parse(scope.now) - Date.parse(published) > hotMs;
}

/** A status by itself: its whole text, and what is said under it, also when lists show it no more. */
function readStatusPage(answer: WeiboAnswer, reading: Reading): SourceReading {
  const { scope, call, page } = reading;
  const { channel, now } = scope;
  const [item] = answer.items;
  if (item === undefined || call.statusId === null || item.id !== call.statusId)
    throw new PageChanged(page.url, 'an answer without the status that was asked for');
  const pages = commentPages(item, reading);
  // The Open Platform has no longer text to ask for than this.
  const isCut = item.traits.truncated === true && channel.door === 'mobile';
  if (isCut) {
    const url = addressOf.longText(item.id);
    pages.push({ url, role: 'status', pageNumber: 1, priority: 8, wake: true });
  }
  return {
    ...emptyReading,
    // A beginning is better than nothing, but must not replace the whole.
    posts: isCut && page.postId !== null ? [] : [toGatheredPost(item, channel.id)],
    pages,
    dueAt: nextStatusLook(instantOfId(item.id) ?? now, now),
  };
}

/** The whole of a long text, whose time stands in its id. That there is none means that it was not long. */
function readLongText(answer: WeiboAnswer, { scope, call }: Reading): SourceReading {
  const dueAt = laterBy(scope.now, 365 * dayMs);
  const [item] = answer.items;
  if (item === undefined || call.statusId === null) return { ...emptyReading, state: 'empty', dueAt };
  const publishedAt = instantOfId(call.statusId);
  const publishedPrecision = publishedAt === null ? null : ('second' as const);
  const post = { ...toGatheredPost(item, scope.channel.id), publishedAt, publishedPrecision };
  return { ...emptyReading, posts: [{ ...post, official: true }], dueAt };
}

function readByKind(answer: WeiboAnswer, reading: Reading): SourceReading {
  const { call, scope } = reading;
  switch (call.kind) {
    case 'list':
    case 'timeline':
      return readList(answer, reading);
    case 'status':
      return readStatusPage(answer, reading);
    case 'long-text':
      return readLongText(answer, reading);
    case 'hot-comments':
    case 'plain-comments':
    case 'replies':
    case 'platform-comments':
    case 'comments-to-me':
      return readCommentPage(answer, reading);
    default:
      throw new NotPermitted(`nothing reads ${call.kind satisfies never} for ${scope.channel.id}`);
  }
}

/** What a status was asked for says that it is gone: the ledger's page and the post both are. */
function readGone({ call, scope }: Reading): SourceReading {
  const gone = call.statusId === null ? [] : [{ kind: 'status' as const, externalId: call.statusId }];
  return { ...emptyReading, state: 'deleted', gone, dueAt: laterBy(scope.now, 30 * dayMs) };
}

function headersFor(channel: WeiboChannel, call: Call, secret: string): Record<string, string> {
  if (channel.door === 'open-platform')
    return { authorization: `OAuth2 ${secret}`, accept: 'application/json' };
  const referer =
    call.statusId === null
      ? `https://m.weibo.cn/u/${channel.uid}`
      : `https://m.weibo.cn/status/${call.statusId}`;
  return {
    cookie: secret,
    accept: 'application/json, text/plain, */*',
    referer,
    'x-requested-with': 'XMLHttpRequest',
  };
}

/** Doors through which the account is read by calls; files that a person brings need none. */
function buildSource(pagesBack: boolean): Source<WeiboChannel> {
  return {
    kind: 'weibo',
    needs: {
      credential: ({ door }) =>
        door === 'open-platform' ? 'weibo-oauth' : door === 'mobile' ? 'weibo-cookie' : null,
    },
    limits: { pageBytes: 10 * 1_048_576 },
    pagesBack,
    allotments: (channel, page) => allotmentsFor(channel, page.role === 'list' || /\/to_me\./.test(page.url)),
    robots: 'not-asked',
    redirects: 'return',
    buildAllowance: ({ door, requestsPerMinute }) => ({
      hosts: door === 'import' ? [] : [allowedPaths(door)],
      privateAddress: false,
      requestsPerMinute,
    }),
    startPages: ({ door, uid }) =>
      door === 'open-platform'
        ? [
            { url: addressOf.timeline(uid), role: 'list', pageNumber: 0 },
            { url: addressOf.commentsToMe(), role: 'comments', pageNumber: 0, priority: 9 },
          ]
        : door === 'mobile'
          ? [{ url: addressOf.list(uid), role: 'list', pageNumber: 0 }]
          : [],
    buildCall(page, { channel, secret }) {
      const call = readCall(page.url, channel);
      if (secret === null) throw new NotPermitted('nothing is asked without the account’s own credential');
      return { url: askedAddress(page.url, call), headers: headersFor(channel, call, secret) };
    },
    read(page, response, scope) {
      const reading: Reading = { page, scope, call: readCall(page.url, scope.channel) };
      const answer = takeAnswer(response, reading);
      if (answer === 'try-plain') return readPlainInstead(reading);
      const isOfOne = reading.call.statusId !== null;
      if (answer.refusal?.cause === 'gone' && isOfOne) return readGone(reading);
      if (answer.refusal?.cause === 'gone')
        throw new PageChanged(page.url, 'the account itself is said to be gone');
      return readByKind(answer, reading);
    },
  };
}

const mobileSource = buildSource(true);
/** An ordinary app is shown the newest statuses only: it has to meet what was read last time, and older ones are imported. */
const platformSource = buildSource(false);

export function weiboSource(channel: Pick<WeiboChannel, 'door'>): Source<WeiboChannel> {
  return channel.door === 'open-platform' ? platformSource : mobileSource;
}
