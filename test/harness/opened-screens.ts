import type { Page } from 'playwright';
import type { Role } from '../../pipeline/domain/role.ts';
import type { Visitor } from './visitor.ts';

/** Follows the first link that this page's list has. */
const openFirst = (href: string) => async (page: Page) => {
  await page.locator(`a[href^="${href}"]:not([href$="/templates"]):visible`).first().click();
};

/** What is open on a page is a screen of its own: how it is come by. */
export const opened: Record<string, (page: Page) => Promise<void>> = {
  workbench: openFirst('#/review/'),
  handovers: openFirst('#/handovers/'),
  // Its rows are buttons.
  drafts: async (page) => page.locator('main li button:visible').first().click(),
  briefs: openFirst('#/briefs/'),
  channels: openFirst('#/channels/'),
  instructions: openFirst('#/instructions/'),
};

/** Desks in the other language: whose, and what is opened there. */
export const englishScreens: Record<string, { role: Role; hash: string }> = {
  'english-workbench': { role: 'reviewer', hash: '#/' },
  'english-trends': { role: 'analyst', hash: '#/trends' },
};

/** The choice that the button English keeps, as a script for a window that has not been opened yet. */
export const speakEnglish = `if (location.protocol !== 'about:') localStorage.setItem('guanlan.locale', 'en')`;

interface Listed {
  items: { id: string }[];
}

/** Of the first that one can be made for: what is closed has none. */
async function makeLink(office: Visitor, noun: 'handovers' | 'drafts'): Promise<string> {
  const { items } = (await office.get(`/api/${noun}`)).json as Listed;
  for (const { id } of items) {
    const made = await office.post(`/api/${noun}/${id}/links`, {});
    if (made.status === 200) return (made.json as { token: string }).token;
  }
  throw new Error(`of ${items.length} ${noun} none has a link`);
}

/**
 * What is shown without signing in, and at which address behind the office's own.
 * @property office whoever may make the links that people outside are sent
 */
export const publicScreens: Record<string, (office: Visitor) => Promise<string>> = {
  'sign-in': async () => '#/',
  slip: async (office) => `#/slip/${await makeLink(office, 'handovers')}`,
  'draft-link': async (office) => `#/draft-link/${await makeLink(office, 'drafts')}`,
  'public-notice': async () => 'public/notice',
  'public-request': async () => 'public/request',
  'public-request-english': async () => 'public/request?lang=en',
  'public-corrections': async () => 'public/corrections',
  'public-figures': async () => 'public/figures',
};
