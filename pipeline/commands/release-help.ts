import type { Actor, Case } from '../domain/case.ts';
import { InvalidInput, NotFound } from '../domain/errors.ts';
import {
  collectorRoles,
  type HelpRelease,
  type Locator,
  type NewRelease,
  type ReleaseCommand,
} from '../domain/help-release.ts';
import type { Post } from '../domain/post.ts';
import type { Rights } from '../domain/role.ts';
import { liveVersion, standingOf } from '../domain/stock-answer.ts';
import { shanghaiDay } from '../domain/time.ts';
import { mayEnter, type User } from '../domain/user.ts';
import type { Clock } from '../ports/clock.ts';
import type { Stores } from '../ports/index.ts';

interface HelpPorts {
  stores: Pick<Stores, 'replies' | 'answers' | 'cases' | 'posts' | 'users' | 'reads'>;
  clock: Clock;
}
interface Reader {
  actor: Actor;
  rights: Rights;
}

async function getOwnCase(caseId: string, { rights }: Reader, { stores }: HelpPorts): Promise<Case> {
  const found = await stores.cases.findCase(caseId, rights);
  if (found === null || !found.queues.includes('safety')) throw new NotFound('没有这条线索。');
  return found;
}

const isWebLink = (url: string) => /^https?:\/\//.test(url);

/**
 * Where the item stands, for who replies to it: no word of it, no title of its own, nobody's name (R9). A link that shows the
 * whole conversation gets what tells the item from its neighbours: article, time, and the platform's id of the comment.
 */
async function findLocator(post: Post, { stores }: HelpPorts): Promise<Locator> {
  const link = isWebLink(post.url) ? post.url : null;
  const isOwnAddress = link !== null && (post.kind !== 'comment' || link.includes(post.externalId));
  if (isOwnAddress) return { link, article: null, at: null, commentId: null };
  const article = post.rootId === null ? null : await findRoot(post.channelId, post.rootId, { stores });
  return { link, article, at: post.publishedAt, commentId: post.kind === 'lead' ? null : post.externalId };
}

/** The title of the school's own article that it stands under; only where that is for everybody's eyes. */
async function findRoot(
  channelId: string,
  rootId: string,
  { stores }: Pick<HelpPorts, 'stores'>,
): Promise<string | null> {
  for (const kind of ['article', 'status'] as const) {
    const text = await stores.posts.findText(`${channelId}:${kind}:${rootId}`, { accessClasses: ['open'] });
    if (text !== null && text.title !== '') return text.title;
  }
  return null;
}

/** Who may be asked to post, by name: of those who can still come in, for somebody waits. */
export async function listCollectors({
  stores,
  clock,
}: Pick<HelpPorts, 'stores' | 'clock'>): Promise<User[]> {
  const now = clock.now();
  const users = await stores.users.list();
  return users.filter(
    (user) => mayEnter(user, now) && user.roles.some((role) => collectorRoles.includes(role)),
  );
}

/**
 * Lets an approved help reply out to one named account operator. Words that were changed wait for a second person on duty, where
 * there is one: alone, nobody should wait for help.
 * @throws InvalidInput that names the field; NotFound, Conflict
 */
export async function releaseHelp(
  command: NewRelease,
  reader: Reader,
  ports: HelpPorts,
): Promise<{ release: HelpRelease; repeated: boolean }> {
  const { stores, clock } = ports;
  const current = await getOwnCase(command.caseId, reader, ports);
  const answer = await stores.answers.find(command.stockAnswerId);
  const today = shanghaiDay(clock.now());
  const version = answer === null ? null : liveVersion(answer, today);
  const isValid = answer !== null && standingOf(answer, today).validity === 'valid';
  if (
    answer?.kind !== 'help' ||
    version === null ||
    !isValid ||
    version.version !== command.stockAnswerVersion
  ) {
    throw new InvalidInput('stockAnswerId', '请选一条有效的求助指引。');
  }
  const users = await stores.users.list();
  if (!(await listCollectors(ports)).some(({ id }) => id === command.collectorId)) {
    throw new InvalidInput('collectorId', '请从名单里选发布人。');
  }
  const post = await stores.posts.findPost(current.postIds[0] ?? '');
  if (post === null) throw new NotFound('这条线索的信息已不存在。');
  const replyText = command.replyText.trim();
  const facts = {
    postId: post.id,
    channelId: post.channelId,
    locator: await findLocator(post, ports),
    edited: ![version.body, version.shortBody].includes(replyText),
    hasSecond: users.some((user) => {
      return user.id !== reader.actor.id && mayEnter(user, clock.now()) && user.roles.includes('safety');
    }),
    textExpiresAt: post.expiresAt,
  };
  const sight = { accessClasses: reader.rights.accessClasses, at: clock.now() };
  return stores.replies.release({ ...command, replyText }, facts, reader.actor, sight);
}

/** Of a case of one's own. */
export async function listReleases(caseId: string, reader: Reader, ports: HelpPorts): Promise<HelpRelease[]> {
  await getOwnCase(caseId, reader, ports);
  const { accessClasses } = reader.rights;
  return ports.stores.replies.listReleases(caseId, { accessClasses, now: ports.clock.now() });
}

/** What a person is asked to post; being shown it is in the read log before this returns (R23). */
export async function collectReleases(actor: Actor, ports: HelpPorts): Promise<HelpRelease[]> {
  const { stores, clock } = ports;
  const found = await stores.replies.listCollected(actor.id, clock.now());
  const at = clock.now();
  await stores.reads.recordAll(
    found
      .filter(({ state }) => state === 'released')
      .map(({ caseId, postId }) => ({
        ...{ id: clock.newId(), at, actorId: actor.id, caseId, postId, textVersion: 1 },
        purpose: '求助回复发布',
      })),
  );
  return found;
}

/** Approved or withdrawn by those on duty, posted or declined by who was asked. */
export function changeHelpRelease(
  command: ReleaseCommand,
  actor: Actor,
  { stores, clock }: HelpPorts,
): Promise<{ release: HelpRelease; repeated: boolean }> {
  return stores.replies.changeRelease(command, actor, clock.now());
}
