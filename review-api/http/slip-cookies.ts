import type { Request, Response } from 'express';
import { linkHours } from '../../pipeline/domain/handover-link.ts';
import type { Cookies } from './call.ts';
import type { HttpOptions } from './http-options.ts';
import { cookieName, cookieOptions, findCookie } from './own-cookies.ts';

const tokenForm = /^[\w-]{43}$/;

/** By which a device is known again that has opened a one-time link: a secret of its own, which opens nothing alone. */
export function slipCookies(
  request: Request,
  response: Response,
  http: HttpOptions,
): Pick<Cookies, 'slipDevice' | 'setSlipDevice'> {
  const name = cookieName('slip', http);
  const found = findCookie(request.get('cookie'), name);
  const maxAge = linkHours * 3_600_000;
  return {
    slipDevice: found !== null && tokenForm.test(found) ? found : null,
    setSlipDevice: (token) => void response.cookie(name, token, { ...cookieOptions(http), maxAge }),
  };
}
