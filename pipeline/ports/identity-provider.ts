import type { Identity } from '../domain/user.ts';

/** One sign-in on its way: made here, kept by the browser that began it, and good once. */
export interface SignInFlow {
  /** 32 hexadecimal digits. */
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
  /** Where the browser comes back to: absolute, without a query. */
  callback: string;
}

/** Who the school says it is. */
export interface Vouched {
  subject: string;
  /** What single logout will name this sign-in by; null where there is no such thing. */
  ticket: string | null;
}

/** The school's own sign-in, of one kind. */
export interface IdentityProvider {
  readonly provider: Identity['provider'];
  /** What the button says. */
  readonly label: string;
  /** Can the person be signed out there as well? */
  readonly signsOut: boolean;
  /**
   * Where to send the browser.
   * @param inApp it is the provider's own app that asks
   * @throws IdentityRefused
   */
  begin(flow: SignInFlow, inApp: boolean): Promise<string>;
  /**
   * Who came back, asked of the provider itself.
   * @param query of the callback; its state has been compared
   * @throws IdentityRefused
   */
  identify(query: URLSearchParams, flow: SignInFlow): Promise<Vouched>;
  /** Where to send a browser to be signed out there; null where that is not offered. @param back absolute */
  findSignOut(back: string): Promise<string | null>;
  /** The ticket that a message of the provider's ends (single logout); null for what is no such message. @param form as it came */
  findEnded(form: URLSearchParams): string | null;
  /** What is wrong with the connection, in words for whoever runs it; null when all is well. */
  examine(): Promise<string | null>;
}
