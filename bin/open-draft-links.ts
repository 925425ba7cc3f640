import { openEgress } from '../crawlers/fetch/egress.ts';
import { openLinkChecks, readWithLinks } from '../pipeline/commands/check-links.ts';
import type { Context } from '../pipeline/context.ts';

/** What is in the files of drafts, with what came of asking for their links over a way out of its own. */
export function openDraftLinks({ clock, proxy, stores, readFiles }: Context) {
  const egress = openEgress({ clock, proxy });
  const links = openLinkChecks({ egress, clock, stores });
  return {
    readFiles: readWithLinks(readFiles, links),
    close: async () => {
      links.close();
      await egress.close();
    },
  };
}
