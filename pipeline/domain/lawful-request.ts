import { z } from 'zod';
import { Conflict, NotPermitted } from './errors.ts';
import { type Acting, findSeat, isSamePerson, type Official } from './official.ts';
import type { Role } from './role.ts';
import { LegalBasis } from './statute.ts';
import { Instant } from './time.ts';

export const LawfulState = z.enum(['registered', 'approved', 'refused', 'disclosed', 'closed']);
export type LawfulState = z.infer<typeof LawfulState>;

/** Who consents: director and leadership both must; `safety` only for what those on duty alone may see. */
const Seat = z.enum(['director', 'leadership', 'safety']);
type Seat = z.infer<typeof Seat>;

const rolesOfSeat: Record<Seat, readonly Role[]> = {
  director: ['director'],
  leadership: ['leader', 'principal'],
  safety: ['safety'],
};

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/, '应为 64 位的 SHA-256（小写十六进制）');

const Approval = z.object({
  seat: Seat,
  actorId: z.string(),
  onBehalfOf: z.string().nullable(),
  at: Instant,
});

/** One thing asked for, by its own number: there is no way to ask for a list, a period or a person. */
export const RequestedItem = z.strictObject({ kind: z.enum(['post', 'case']), id: z.string().min(1) });
export type RequestedItem = z.infer<typeof RequestedItem>;
export const mostRequestedItems = 50;

/** How long the file can be fetched after it was made. */
export const fileHours = 24;

const Disclosure = z.object({
  at: Instant,
  by: z.string(),
  /** What the file holds, post by post. */
  provided: z.array(z.string()),
  /** Asked for and not in it: unknown, erased, or not to be seen by whoever made it. */
  withheld: z.array(z.string()),
  /** Of the file, as it was handed over. */
  sha256: Sha256,
  /** From when on it cannot be fetched any more. */
  expiresAt: Instant,
});
export type Disclosure = z.infer<typeof Disclosure>;

/** A request by an authority 依法调取 (R20): in writing, one by one, with its basis and two approvals. */
export const LawfulRequest = z.object({
  kind: z.literal('lawful-request'),
  state: LawfulState,
  organ: z.string(),
  documentNumber: z.string(),
  receivedAt: Instant,
  basis: LegalBasis,
  items: z.array(RequestedItem).min(1).max(mostRequestedItems),
  /** Of the scan; the scan itself is not kept here. */
  scanSha256: Sha256,
  /** Where the paper lies. */
  paperPlace: z.string(),
  registeredBy: z.string(),
  approvals: z.array(Approval),
  disclosure: Disclosure.nullable(),
});
export type LawfulRequest = z.infer<typeof LawfulRequest>;

const byRegistrar = ({ registeredBy }: LawfulRequest): Acting => ({
  actorId: registeredBy,
  onBehalfOf: null,
});

const isOpenFor = ({ state }: LawfulRequest, seat: Seat) =>
  state === 'registered' || (state === 'approved' && seat === 'safety');

/**
 * Pure: one more approval. With director and leadership, two persons neither of whom registered it, the request is approved.
 * @throws NotPermitted, Conflict
 */
export function approveLawful(request: LawfulRequest, official: Official, at: string): LawfulRequest {
  const { approvals } = request;
  const seated = Seat.options.flatMap((seat) => {
    const appointment = findSeat(official, rolesOfSeat[seat]);
    return appointment === null ? [] : [{ seat, onBehalfOf: appointment.onBehalfOf }];
  });
  if (seated.length === 0) throw new NotPermitted('您的角色不能审批依法调取。');
  const free = seated.find(
    ({ seat }) => isOpenFor(request, seat) && approvals.every((one) => one.seat !== seat),
  );
  if (free === undefined) throw new Conflict('这一环节已经审批，或该登记已不在审批中。');
  const acting: Acting = { actorId: official.id, onBehalfOf: free.onBehalfOf };
  if (isSamePerson(acting, byRegistrar(request))) throw new NotPermitted('登记人不能审批自己登记的调取。');
  if (approvals.some((one) => isSamePerson(acting, one))) {
    throw new NotPermitted('两道审批须由两个人分别作出。');
  }
  const next = [...approvals, { seat: free.seat, actorId: official.id, onBehalfOf: free.onBehalfOf, at }];
  const both = (['director', 'leadership'] as const).every((seat) => next.some((one) => one.seat === seat));
  return { ...request, approvals: next, state: both ? 'approved' : request.state };
}

/** Pure. @throws NotPermitted, Conflict once it was disclosed, refused or closed */
export function refuseLawful(request: LawfulRequest, official: Official): LawfulRequest {
  if (findSeat(official, Object.values(rolesOfSeat).flat()) === null) {
    throw new NotPermitted('您的角色不能审批依法调取。');
  }
  if (request.state !== 'registered' && request.state !== 'approved') {
    throw new Conflict('该登记已不在审批中。');
  }
  return { ...request, state: 'refused' };
}

/** @throws NotPermitted unless it is approved and nothing was made yet (R20: without a record, no export) */
export function assertMayDisclose({ state, disclosure }: LawfulRequest): void {
  if (disclosure !== null) throw new Conflict('导出文件只生成一次，已经生成过。');
  if (state !== 'approved') throw new NotPermitted('没有两人审批同意的登记，不能导出。');
}

/** Pure: what the file holds, once. */
export function discloseLawful(request: LawfulRequest, disclosure: Disclosure): LawfulRequest {
  assertMayDisclose(request);
  return { ...request, state: 'disclosed', disclosure };
}

/** Those on duty have consented that what only they may see is handed over. */
export function hasSafetyConsent({ approvals }: LawfulRequest): boolean {
  return approvals.some(({ seat }) => seat === 'safety');
}

/** Pure. @throws Conflict while it waits for approval or for its file */
export function closeLawful(request: LawfulRequest): LawfulRequest {
  if (request.state !== 'disclosed' && request.state !== 'refused') {
    throw new Conflict('只有已提供或已不予提供的登记可以办结。');
  }
  return { ...request, state: 'closed' };
}
