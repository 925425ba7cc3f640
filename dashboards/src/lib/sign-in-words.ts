import type { SignInOutcome } from '../../../review-api/contract/sign-in.ts';

/** Why somebody who came back from the school's own sign-in is not in, and what to do. */
export const outcomeWords: Record<SignInOutcome, string> = {
  cancelled: '您在学校的登录页取消了登录。',
  expired: '登录凭证已失效，请重新登录。',
  misconfigured: '学校统一身份认证与本系统的对接有误，请联系系统管理员。',
  unavailable: '学校统一身份认证暂时没有应答，请稍后再试。',
  garbled: '学校统一身份认证的应答无法核实，没有让您登录。请联系系统管理员。',
  'not-a-member': '您不是本校企业微信的成员，或不在本应用的可见范围内，请联系企业微信管理员。',
  'not-begun-here': '登录已超时，或不是从本页开始的，请重新登录。',
  'too-many': '从这里登录的尝试太多，请稍后再试。',
  stranger: '没有为您开通账号，请联系安全管理员。',
  closed: '您的账号已停用，请联系安全管理员。',
};
