import type { safeguardRoutes } from '../../../review-api/contract/safeguards-routes.ts';
import type { Asked, Who } from './expectation.ts';

type Name = keyof typeof safeguardRoutes;

const office: Who = ['reviewer', 'director'];
const approving: Who = ['director', 'leader', 'principal'];
const requestReaders: Who = [...office, 'leader', 'principal', 'safety', 'auditor'];
const removalReaders: Who = [...office, 'leader', 'principal', 'operator', 'auditor'];
const removers: Who = [...office, 'operator'];

export const safeguardWho: { [N in Name]: Who } = {
  registerLawfulRequest: office,
  listLawfulRequests: requestReaders,
  readLawfulRequest: requestReaders,
  approveLawfulRequest: [...approving, 'safety'],
  refuseLawfulRequest: [...approving, 'safety'],
  exportLawfulRequest: [...office, 'safety'],
  fetchLawfulFile: [...office, 'safety'],
  closeLawfulRequest: office,
  proposeRemoval: removers,
  listRemovals: removalReaders,
  readRemoval: removalReaders,
  approveRemoval: approving,
  refuseRemoval: approving,
  recordRemovalDone: removers,
  registerRemovalAppeal: removers,
  settleRemovalAppeal: approving,
  enterPublicRequest: office,
  listPublicRequests: office,
  readPublicRequest: office,
  matchPublicRequest: office,
  erasePublicRequest: office,
  listObjector: office,
  correctForPublic: office,
  answerPublicRequest: office,
  closePublicRequest: office,
  readPublicContact: office,
  listReadings: ['auditor'],
  exportReadings: ['auditor'],
  countReadings: ['auditor'],
  listOwnReadings: 'signed-in',
  readVerification: ['auditor'],
  verifyLogs: ['auditor'],
};

const sha256 = 'a'.repeat(64);

export const safeguardAsked: Asked<Name> = {
  bodies: ({ commandId, now }) => {
    const seen = { commandId, version: 1 };
    const refusal = { ...seen, reason: '检查权限的理由' };
    return {
      registerLawfulRequest: {
        ...{ commandId, organ: '某市公安局', documentNumber: '调证〔2026〕1号', receivedAt: now },
        ...{
          basis: { law: 'criminal-procedure', article: 54 },
          items: [{ kind: 'post', id: 'a:comment:1' }],
        },
        ...{ scope: '检查权限', scanSha256: sha256, paperPlace: '档案室' },
      },
      approveLawfulRequest: seen,
      refuseLawfulRequest: refusal,
      exportLawfulRequest: seen,
      closeLawfulRequest: seen,
      proposeRemoval: {
        ...{ commandId, platform: 'weibo', ground: 'personal-data', screenshotSha256: sha256 },
        ...{ basis: { law: 'civil-code', article: 1034 }, link: 'https://m.weibo.cn/status/N1' },
        explanation: '评论里有他人的手机号',
      },
      approveRemoval: seen,
      refuseRemoval: refusal,
      recordRemovalDone: { ...seen, doneAt: now, toldThere: true },
      registerRemovalAppeal: { ...seen, receivedAt: now, appeal: '检查权限的申诉' },
      settleRemovalAppeal: { ...refusal, outcome: 'rejected' },
      enterPublicRequest: {
        ...{ commandId, door: 'phone', wish: 'wrong-reading', platform: 'weibo' },
        ...{ statement: '检查权限的申请', quote: '一条评论的原话' },
      },
      matchPublicRequest: { ...seen, postIds: ['a:comment:1'] },
      erasePublicRequest: seen,
      listObjector: { ...seen, account: '1234567890' },
      correctForPublic: { ...seen, leadId: commandId, text: '检查权限：更正了一处日期错误' },
      answerPublicRequest: { ...seen, outcome: 'refused', answer: '检查权限：说明理由的答复' },
      closePublicRequest: seen,
    };
  },
  queries: {},
};
