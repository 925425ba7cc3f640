import { SaxesParser, type SaxesTagNS } from 'saxes';
import { IdentityRefused, type RefusalReason } from '../../domain/identity.ts';

const casNamespace = 'http://www.yale.edu/tp/cas';
const samlNamespace = 'urn:oasis:names:tc:SAML:2.0:protocol';

export interface CasSuccess {
  user: string;
  /** Each may be there several times. */
  attributes: ReadonlyMap<string, readonly string[]>;
}

const garbled = (what: string) => new IdentityRefused('garbled', `the answer of the CAS server ${what}`);

const reasonOf: Record<string, RefusalReason> = {
  INVALID_TICKET: 'expired',
  INVALID_TICKET_SPEC: 'expired',
  INVALID_SERVICE: 'misconfigured',
  UNAUTHORIZED_SERVICE: 'misconfigured',
  INVALID_REQUEST: 'misconfigured',
  INTERNAL_ERROR: 'unavailable',
};

interface Leaf {
  /** Local names from the root, with the namespace's own where they belong to it. */
  path: string;
  name: string;
  text: string;
  attributes: SaxesTagNS['attributes'];
}

/**
 * Every element, when it ends, with the text that stands directly in it. Elements of other namespaces are `?` in the path.
 * @throws IdentityRefused for what is no XML, or has a document type: no entity but the five of XML is ever read
 */
function readElements(xml: string, namespace: string): Leaf[] {
  const parser = new SaxesParser({ xmlns: true });
  const open: { name: string; text: string; tag: SaxesTagNS }[] = [];
  const ended: Leaf[] = [];
  parser.on('doctype', () => {
    throw garbled('has a document type');
  });
  parser.on('error', () => {
    throw garbled('is no XML');
  });
  parser.on('opentag', (tag) => {
    open.push({ name: tag.uri === namespace ? tag.local : '?', text: '', tag });
  });
  const keep = (text: string) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += text;
  };
  parser.on('text', keep);
  parser.on('cdata', keep);
  parser.on('closetag', () => {
    const path = open.map(({ name }) => name).join('/');
    const last = open.pop();
    if (last !== undefined)
      ended.push({ path, name: last.name, text: last.text, attributes: last.tag.attributes });
  });
  parser.write(xml).close();
  return ended;
}

/**
 * The answer of `serviceValidate`, matched on the namespace whatever its prefix is.
 * @throws IdentityRefused that says what the server said, or that it cannot be understood
 */
export function parseCasAnswer(xml: string): CasSuccess {
  const elements = readElements(xml, casNamespace);
  const failures = elements.filter(({ path }) => path === 'serviceResponse/authenticationFailure');
  const successes = elements.filter(({ path }) => path === 'serviceResponse/authenticationSuccess');
  const [failure] = failures;
  if (failure !== undefined) throw refusalOf(failure);
  const users = elements.filter(({ path }) => path === 'serviceResponse/authenticationSuccess/user');
  const [user] = users;
  if (successes.length !== 1 || users.length !== 1 || user === undefined) throw garbled('vouches for nobody');
  const within = 'serviceResponse/authenticationSuccess/attributes/';
  const attributes = new Map<string, string[]>();
  for (const { path, name, text } of elements) {
    if (path === `${within}${name}` && name !== '?') {
      attributes.set(name, [...(attributes.get(name) ?? []), text.trim()]);
    }
  }
  return { user: user.text.trim(), attributes };
}

function refusalOf({ attributes }: Leaf): IdentityRefused {
  const attribute = attributes.code;
  const code = typeof attribute === 'object' ? attribute.value : '';
  const known = /^[A-Z_]{1,40}$/.test(code) ? code : 'without a code';
  return new IdentityRefused(reasonOf[code] ?? 'expired', `the CAS server refuses: ${known}`);
}

/** The ticket that a single logout names; null for what is no such message. */
export function findLoggedOutTicket(xml: string): string | null {
  try {
    const elements = readElements(xml, samlNamespace);
    const indexes = elements.filter(({ path }) => path === 'LogoutRequest/SessionIndex');
    const ticket = indexes[0]?.text.trim() ?? '';
    return indexes.length === 1 && ticket !== '' ? ticket : null;
  } catch {
    return null;
  }
}
