import { makeHandoverLink, openHandoverLink as open } from '../../../pipeline/commands/handover-links.ts';
import type { Handler } from '../../http/call.ts';
import { networkOf } from '../../http/network-of.ts';
import { Throttle } from '../../http/throttle.ts';
import { presentLinkedHandover } from '../../present/handover.ts';
import { moverOf } from './sight.ts';

export const linkHandover: Handler<'linkHandover'> = async (call) => {
  const { token, link } = await makeHandoverLink(call.params.id, moverOf(call).id, call.deps);
  return { token, expiresAt: link.expiresAt };
};

/** Far more than an office behind one address opens; far fewer than guessing needs. */
const perAddress = { limit: 60, windowMs: 10 * 60_000, words: '从这里打开链接的次数太多，请稍后再试。' };

/** The token is in the body, and so in no log and no address. */
export const openHandoverLink: Handler<'openHandoverLink'> = async ({ body, address, cookies, deps }) => {
  const throttle = new Throttle({ ...deps, rates: deps.stores.rates }, 'slip-link', perAddress);
  await throttle.charge(networkOf(address));
  const known = { token: body.token, deviceToken: cookies.slipDevice };
  const { opened, link, deviceToken } = await open(known, deps);
  await throttle.refund(networkOf(address));
  cookies.setSlipDevice(deviceToken);
  return presentLinkedHandover(opened, link, deps);
};
