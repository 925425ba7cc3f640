import { z } from 'zod';
import { Conflict, InvalidInput, NotPermitted } from './errors.ts';
import { Sha256 } from './lawful-request.ts';
import { findSeat, isSamePerson, type Official } from './official.ts';
import type { Role } from './role.ts';
import { LegalBasis, type Statute, statuteNames } from './statute.ts';
import { Instant } from './time.ts';

/** Why something may be removed on a platform: a closed list. Reputation, rumour and criticism are not on it (R6, R10). */
export const RemovalGround = z.enum([
  'personal-data',
  'fraud-link',
  'threat',
  'official-order',
  'state-secret',
]);
export type RemovalGround = z.infer<typeof RemovalGround>;

export const removalGroundNames: Record<RemovalGround, string> = {
  'personal-data': '公开他人个人信息',
  'fraud-link': '钓鱼、诈骗链接',
  threat: '性威胁、暴力威胁',
  'official-order': '法院或主管机关的文书',
  'state-secret': '明显泄露国家秘密',
};

const lawsFor: Record<RemovalGround, readonly Statute[]> = {
  'personal-data': ['personal-information', 'civil-code', 'cybersecurity', 'minors'],
  'fraud-link': ['telecom-fraud', 'cybersecurity', 'criminal'],
  threat: ['public-security-penalties', 'criminal', 'minors', 'civil-code'],
  'official-order': ['civil-procedure', 'administrative-procedure', 'cybersecurity', 'criminal-procedure'],
  'state-secret': ['state-secrets'],
};

export const RemovalState = z.enum(['proposed', 'approved', 'refused', 'done', 'appealed', 'settled']);
export type RemovalState = z.infer<typeof RemovalState>;

export const RemovalPlatform = z.enum(['weibo', 'wechat', 'site', 'other']);

/** A removal 依法处置 that a person does on the platform, registered here; nothing of ours removes anything anywhere (R10). */
export const Removal = z.object({
  kind: z.literal('removal'),
  state: RemovalState,
  platform: RemovalPlatform,
  /** Of the item as we have it; null for one that we do not have. */
  postId: z.string().nullable(),
  ground: RemovalGround,
  basis: LegalBasis,
  screenshotSha256: Sha256,
  proposedBy: z.string(),
  approval: z.object({ actorId: z.string(), onBehalfOf: z.string().nullable(), at: Instant }).nullable(),
  done: z
    .object({
      at: Instant,
      by: z.string(),
      /** Whether whoever wrote it was told, through the platform. */
      toldThere: z.boolean(),
    })
    .nullable(),
  appeal: z
    .object({
      receivedAt: Instant,
      outcome: z.enum(['upheld', 'rejected']).nullable(),
      settledBy: z.string().nullable(),
      settledAt: Instant.nullable(),
    })
    .nullable(),
});
export type Removal = z.infer<typeof Removal>;

const approvers: readonly Role[] = ['director', 'leader', 'principal'];

/** Words so broad that they are never a reason. */
const broadWords =
  /影响(学校|学院|我校|校园)?(的)?(声誉|形象|名誉)|损害(学校|学院|我校)?(的)?(声誉|形象|名誉|荣誉)|荣誉和利益|扰乱(公共|社会|校园)?秩序|谣言|造谣|传谣|负面(评论|言论|信息|舆情)|不当言论|不实言论|不良(评论|影响)|有害信息|抹黑|攻击学校/;

/**
 * The clause must be one for the ground, and the explanation must say what the content is, not how it is felt.
 * @throws InvalidInput (`law`, `explanation`)
 */
export function assertLawfulGround(ground: RemovalGround, basis: LegalBasis, explanation: string): void {
  const laws = lawsFor[ground];
  if (!laws.includes(basis.law)) {
    const fitting = laws.map((law) => `《${statuteNames[law]}》`).join('、');
    throw new InvalidInput('law', `所引法律与“${removalGroundNames[ground]}”不相符。`, `可引用：${fitting}`);
  }
  const broad = broadWords.exec(explanation)?.[0];
  if (broad !== undefined) {
    throw new InvalidInput(
      'explanation',
      `“${broad}”不能作为处置理由。`,
      '请只写明哪一处内容属于所选的法定情形；批评、投诉和意见不得处置',
    );
  }
}

function actingOf(official: Official) {
  const seat = findSeat(official, approvers);
  if (seat === null) throw new NotPermitted('您的角色不能审批依法处置。');
  return { actorId: official.id, onBehalfOf: seat.onBehalfOf };
}

/** Pure: the second person. @throws NotPermitted for the one who proposed it, Conflict */
export function approveRemoval(removal: Removal, official: Official, at: string): Removal {
  const acting = actingOf(official);
  if (removal.state !== 'proposed') throw new Conflict('该处置已不在审批中。');
  if (isSamePerson(acting, { actorId: removal.proposedBy, onBehalfOf: null })) {
    throw new NotPermitted('提出人不能审批自己提出的处置。');
  }
  return { ...removal, state: 'approved', approval: { ...acting, at } };
}

/** Pure. @throws NotPermitted, Conflict */
export function refuseRemoval(removal: Removal, official: Official): Removal {
  actingOf(official);
  if (removal.state !== 'proposed') throw new Conflict('该处置已不在审批中。');
  return { ...removal, state: 'refused' };
}

/** Pure: a person has done it on the platform. @throws Conflict without the second person's approval */
export function recordRemovalDone(removal: Removal, done: NonNullable<Removal['done']>): Removal {
  if (removal.state !== 'approved') throw new Conflict('只有经第二人同意的处置可以登记结果。');
  return { ...removal, state: 'done', done };
}

/** Pure: whoever wrote it objects. */
export function appealRemoval(removal: Removal, receivedAt: string): Removal {
  if (removal.state !== 'done') throw new Conflict('只有已经处置的内容可以登记申诉。');
  return {
    ...removal,
    state: 'appealed',
    appeal: { receivedAt, outcome: null, settledBy: null, settledAt: null },
  };
}

/** Pure: decided by somebody who neither proposed nor approved the removal. */
export function settleAppeal(
  removal: Removal,
  { outcome, at }: { outcome: 'upheld' | 'rejected'; at: string },
  official: Official,
): Removal {
  const acting = actingOf(official);
  const { appeal, approval, proposedBy } = removal;
  if (removal.state !== 'appealed' || appeal === null) throw new Conflict('没有待处理的申诉。');
  const involved = [{ actorId: proposedBy, onBehalfOf: null }, ...(approval === null ? [] : [approval])];
  if (involved.some((one) => isSamePerson(acting, one))) {
    throw new NotPermitted('申诉须由没有参与处置的人处理。');
  }
  return {
    ...removal,
    state: 'settled',
    appeal: { ...appeal, outcome, settledBy: official.id, settledAt: at },
  };
}
