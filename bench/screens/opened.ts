import type { Page } from 'playwright';
import type { Visitor } from '../../test/harness/visitor.ts';

/** Follows the first link that this page's list has. */
const openFirst = (href: string) => async (page: Page) => {
  await page.locator(`a[href^="${href}"]:visible`).first().click();
};

/** What is open on a page is a screen of its own: how it is come by. */
export const opened: Record<string, (page: Page) => Promise<void>> = {
  workbench: openFirst('#/review/'),
  handovers: openFirst('#/handovers/'),
  drafts: openFirst('#/drafts/'),
  briefs: openFirst('#/briefs/'),
  channels: openFirst('#/channels/'),
  instructions: openFirst('#/instructions/'),
};

interface Listed {
  items: { id: string }[];
}

async function makeLink(office: Visitor, noun: 'handovers' | 'drafts'): Promise<string> {
  const { items } = (await office.get(`/api/${noun}`)).json as Listed;
  const { token } = (await office.post(`/api/${noun}/${items[0]?.id}/links`, {})).json as { token: string };
  return token;
}

/** What is shown without signing in, and at which address. */
export const publicScreens: Record<string, (office: Visitor) => Promise<string>> = {
  'sign-in': async () => '#/',
  slip: async (office) => `#/slip/${await makeLink(office, 'handovers')}`,
  'draft-link': async (office) => `#/draft-link/${await makeLink(office, 'drafts')}`,
};
