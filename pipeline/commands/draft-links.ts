import { createHash, randomBytes } from 'node:crypto';
import type { Draft, DraftVersion } from '../domain/draft.ts';
import { type DraftLink, draftLinkHours } from '../domain/draft-link.ts';
import { mayWrite } from '../domain/draft-moves.ts';
import { type DraftMover, findHolding, openingsOf } from '../domain/draft-steps.ts';
import { Conflict, NotFound, NotPermitted } from '../domain/errors.ts';
import { rightsOf } from '../domain/role.ts';
import { laterBy } from '../domain/time.ts';
import type { Ports, Stores } from '../ports/index.ts';
import { getDraft } from './draft-sight.ts';

export interface DraftLinkPorts {
  stores: Pick<Stores, 'drafts' | 'draftLinks' | 'audit'>;
  clock: Ports['clock'];
}

const hourMs = 3_600_000;
const all = { units: 'all' as const, personIds: [] };

/** Of a secret that is kept nowhere. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whoever writes in it, holds what waits, or keeps all drafts. */
export function mayLink(draft: Draft, mover: DraftMover): boolean {
  if (rightsOf(mover.appointments, 'draft.manage').permitted || mayWrite(draft, mover)) return true;
  return openingsOf(draft).some((opening) => findHolding(draft, opening, mover) !== null);
}

function audit(action: string, { link, actorId, at }: { link: DraftLink; actorId: string; at: string }) {
  const payload = { link: link.id, contentVersion: link.contentVersion };
  return { log: 'audit' as const, at, actorId, action, subject: link.draftId, payload };
}

/** @returns the token once: nobody can read it again. @throws NotFound, NotPermitted, Conflict for what is in nobody's hands */
export async function makeDraftLink(
  draftId: string,
  mover: DraftMover,
  ports: DraftLinkPorts,
): Promise<{ token: string; link: DraftLink }> {
  const { stores, clock } = ports;
  const draft = await getDraft(draftId, mover, ports);
  if (!mayLink(draft, mover)) throw new NotPermitted('只有写稿人、审校人和宣传部可以生成链接。');
  if (overStates.includes(draft.state)) throw new Conflict('已经办结的稿件不能生成链接。');
  const token = randomBytes(32).toString('base64url');
  const at = clock.now();
  const link: DraftLink = {
    ...{ id: clock.newId(), draftId, contentVersion: draft.contentVersion, digest: digest(token) },
    ...{ createdBy: mover.id, createdAt: at, expiresAt: laterBy(at, draftLinkHours * hourMs) },
    ...{ deviceDigest: null, openedAt: null },
  };
  await stores.audit.append({
    id: clock.newId(),
    ...audit('draft.link-made', { link, actorId: mover.id, at }),
  });
  await stores.draftLinks.addLink(link);
  return { token, link };
}

/** @throws NotFound, NotPermitted */
export async function endDraftLink(
  { draftId, linkId }: { draftId: string; linkId: string },
  mover: DraftMover,
  ports: DraftLinkPorts,
): Promise<void> {
  const { stores, clock } = ports;
  const draft = await getDraft(draftId, mover, ports);
  if (!mayLink(draft, mover)) throw new NotPermitted('这条链接不由您管理。');
  const link = (await stores.draftLinks.listLinks(draftId)).find(({ id }) => id === linkId);
  if (link === undefined) throw new NotFound('没有这条链接。');
  const at = clock.now();
  await stores.audit.append({
    id: clock.newId(),
    ...audit('draft.link-ended', { link, actorId: mover.id, at }),
  });
  await stores.draftLinks.endLink(linkId, at);
}

/** What a leader was asked to read is read no more. */
const overStates: readonly Draft['state'][] = ['rejected', 'recalled', 'archived'];

export interface OpenedDraftLink {
  draft: Draft;
  version: DraftVersion;
  link: DraftLink;
}

/**
 * Opens a draft by its link, without login: the first device keeps it, by a secret of its own. Each opening is in the audit.
 * @param deviceToken what the device has from an earlier opening; null for none
 * @throws NotFound, the same for a link that is wrong, over, or another device's
 */
export async function openDraftLink(
  { token, deviceToken }: { token: string; deviceToken: string | null },
  { stores, clock }: DraftLinkPorts,
): Promise<OpenedDraftLink & { deviceToken: string }> {
  const device = deviceToken ?? randomBytes(32).toString('base64url');
  const at = clock.now();
  const link = await stores.draftLinks.openLink({
    digest: digest(token),
    deviceDigest: digest(device),
    at,
  });
  if (link === null) throw deadLink();
  const opened = await readLinked(link, { stores, clock });
  await stores.audit.append({
    id: clock.newId(),
    ...audit('draft.link-opened', { link, actorId: `link:${link.id}`, at }),
  });
  return { ...opened, deviceToken: device };
}

async function readLinked(link: DraftLink, { stores }: DraftLinkPorts): Promise<OpenedDraftLink> {
  const draft = await stores.drafts.find(link.draftId, all);
  const version = await stores.drafts.findVersion(link.draftId, link.contentVersion);
  if (draft === null || version === null || overStates.includes(draft.state)) throw deadLink();
  return { draft, version, link };
}

/** What a device may still see that has opened a link of this draft before: for the pictures of the page. */
export async function readLinkedAgain(
  draftId: string,
  deviceToken: string | null,
  ports: DraftLinkPorts,
): Promise<OpenedDraftLink[]> {
  if (deviceToken === null) return [];
  const [device, now] = [digest(deviceToken), ports.clock.now()];
  const links = (await ports.stores.draftLinks.listLinks(draftId)).filter(
    ({ deviceDigest, expiresAt }) => deviceDigest === device && expiresAt > now,
  );
  return Promise.all(links.map((link) => readLinked(link, ports)));
}

function deadLink(): NotFound {
  return new NotFound('链接无效或已失效。请向发来链接的人索取新的链接，或登录后查看。');
}
