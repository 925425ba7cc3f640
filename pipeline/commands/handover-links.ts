import { createHash, randomBytes } from 'node:crypto';
import { Conflict, NotFound } from '../domain/errors.ts';
import { isWithUnit } from '../domain/handover.ts';
import { type HandoverLink, linkHours } from '../domain/handover-link.ts';
import type { Ports, Stores } from '../ports/index.ts';
import {
  type OpenedHandover,
  type OpenHandoverPorts,
  openHandover,
  type SlipReader,
} from './open-handover.ts';

const hourMs = 3_600_000;

/** Of a secret that is kept nowhere. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** @returns the token once: nobody can read it again. @throws NotFound, Conflict for a slip that no unit works on */
export async function makeHandoverLink(
  handoverId: string,
  actorId: string,
  { stores, clock }: { stores: Pick<Stores, 'handovers' | 'audit'>; clock: Ports['clock'] },
): Promise<{ token: string; link: HandoverLink }> {
  const slip = await stores.handovers.find(handoverId, { units: 'all' });
  if (slip === null) throw new NotFound('没有这张转办单。');
  if (!isWithUnit(slip.state)) throw new Conflict('只有单位正在办理的转办单可以生成链接。');
  const token = randomBytes(32).toString('base64url');
  const createdAt = clock.now();
  const link: HandoverLink = {
    ...{ id: clock.newId(), handoverId, digest: digest(token), createdBy: actorId, createdAt },
    expiresAt: new Date(Date.parse(createdAt) + linkHours * hourMs).toISOString(),
    ...{ deviceDigest: null, openedAt: null },
  };
  await stores.audit.append({
    ...{
      id: link.id,
      log: 'audit',
      at: createdAt,
      actorId,
      action: 'handover.link-made',
      subject: handoverId,
    },
    payload: { expiresAt: link.expiresAt },
  });
  await stores.handovers.addLink(link);
  return { token, link };
}

/** As a unit sees it: text of an open case only, of this one slip. */
const linkView = { open: 'full', victim: 'none', safety: 'none' } as const;

/**
 * Opens a slip by its link, without login: the first device keeps it, by a secret of its own.
 * @param deviceToken what the device has from an earlier opening; null for none
 * @throws NotFound, the same for a link that is wrong, over, or another device's
 */
export async function openHandoverLink(
  { token, deviceToken }: { token: string; deviceToken: string | null },
  ports: OpenHandoverPorts,
): Promise<{ opened: OpenedHandover; link: HandoverLink; deviceToken: string }> {
  const device = deviceToken ?? randomBytes(32).toString('base64url');
  const asked = { digest: digest(token), deviceDigest: digest(device), at: ports.clock.now() };
  const found = await ports.stores.handovers.openLink(asked);
  if (found === null) throw deadLink();
  const reader: SlipReader = {
    actorId: `link:${found.link.id}`,
    purpose: '转办单链接',
    sight: { units: 'all', view: linkView, accessClasses: ['open'] },
  };
  const opened = await openHandover(found.handover.id, reader, ports).catch((error: unknown) => {
    throw error instanceof NotFound ? deadLink() : error;
  });
  return { opened, link: found.link, deviceToken: device };
}

function deadLink(): NotFound {
  return new NotFound('链接无效或已失效。请向转办人索取新的链接，或登录后查看。');
}
