import { IdentityRefused, normaliseSubject, type SubjectCase } from '../../domain/identity.ts';
import type { Egress } from '../../ports/egress.ts';
import type { IdentityProvider, SignInFlow } from '../../ports/identity-provider.ts';
import { allowanceOf, askProvider } from './ask-provider.ts';
import { findLoggedOutTicket, parseCasAnswer } from './read-cas.ts';

export interface CasOptions {
  /** Of the server, as its login page has it before `/login`; without a slash at the end. */
  url: string;
  /** `2`: an older server without attributes, asked at `/serviceValidate`. */
  protocol: '2' | '3';
  /** Which attribute says who it is; null for `user` itself. */
  attribute: string | null;
  subjectCase: SubjectCase;
  label: string;
}

/** As CAS has it: what was given at the login is repeated byte for byte when the ticket is shown. */
const serviceOf = ({ callback, state }: SignInFlow) => `${callback}?state=${state}`;

const ticketForm = /^[\x21-\x7e]{1,400}$/;

/** CAS 3.0 (and 2.0): the browser brings a ticket, which is shown to the server once. */
export function openCasProvider(options: CasOptions, egress: Pick<Egress, 'fetch'>): IdentityProvider {
  const { url, protocol, attribute } = options;
  const allowance = allowanceOf([`${url}/`]);
  const validator = protocol === '3' ? `${url}/p3/serviceValidate` : `${url}/serviceValidate`;
  const ask = (service: string, ticket: string) =>
    askProvider(egress, allowance, {
      url: `${validator}?service=${encodeURIComponent(service)}&ticket=${encodeURIComponent(ticket)}`,
      headers: { accept: 'application/xml, text/xml' },
    });

  async function validate(service: string, ticket: string) {
    const { status, body } = await ask(service, ticket);
    if (status === 404) {
      throw new IdentityRefused('misconfigured', `${validator} does not exist (see GUANLAN_CAS_PROTOCOL)`);
    }
    if (status !== 200)
      throw new IdentityRefused('unavailable', `the CAS server answers with status ${status}`);
    return parseCasAnswer(new TextDecoder().decode(body));
  }

  return {
    provider: 'cas',
    label: options.label,
    signsOut: true,
    begin: async (flow) => `${url}/login?service=${encodeURIComponent(serviceOf(flow))}`,
    identify: async (query, flow) => {
      const tickets = query.getAll('ticket');
      const [ticket = ''] = tickets;
      if (tickets.length !== 1 || !ticketForm.test(ticket)) {
        throw new IdentityRefused('cancelled', 'the browser came back from CAS without a ticket');
      }
      const { user, attributes } = await validate(serviceOf(flow), ticket);
      const named = attribute === null ? [user] : [...new Set(attributes.get(attribute) ?? [])];
      if (named.length !== 1) {
        const found = named.length === 0 ? 'does not give' : 'gives several values of';
        throw new IdentityRefused(
          'misconfigured',
          `CAS ${found} the attribute ${attribute} (GUANLAN_CAS_ATTRIBUTE)`,
        );
      }
      const subject = normaliseSubject(named[0] ?? '', options.subjectCase);
      if (subject === null) throw new IdentityRefused('garbled', 'CAS vouches for somebody without a name');
      return { subject, ticket };
    },
    findSignOut: async (back) => `${url}/logout?service=${encodeURIComponent(back)}`,
    findEnded: (form) => findLoggedOutTicket(form.get('logoutRequest') ?? ''),
    examine: async () => {
      // A ticket that nobody gave out: a server that speaks the protocol says so.
      try {
        await validate('https://guanlan.invalid/', 'ST-0-guanlan-doctor');
        return `${validator} takes any ticket: this is no CAS server`;
      } catch (error) {
        if (!(error instanceof IdentityRefused)) throw error;
        return error.message.startsWith('the CAS server refuses:') ? null : error.message;
      }
    },
  };
}
