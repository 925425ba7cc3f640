import { account } from './account.ts';
import { admin } from './admin.ts';
import { answers } from './answers.ts';
import { app } from './app.ts';
import { authority } from './authority.ts';
import { briefTemplates } from './brief-templates.ts';
import { briefs } from './briefs.ts';
import { bursts } from './bursts.ts';
import { calendar } from './calendar.ts';
import { channels } from './channels.ts';
import { decide } from './decide.ts';
import { dockets } from './dockets.ts';
import { draftEditor } from './draft-editor.ts';
import { draftNames } from './draft-names.ts';
import { draftWords } from './draft-words.ts';
import { drafts } from './drafts.ts';
import { guide } from './guide.ts';
import { handovers } from './handovers.ts';
import { help } from './help.ts';
import { instructions } from './instructions.ts';
import { item } from './item.ts';
import { kindNames } from './kind-names.ts';
import { labels } from './labels.ts';
import { leader } from './leader.ts';
import { leads } from './leads.ts';
import { live } from './live.ts';
import { login } from './login.ts';
import { names } from './names.ts';
import { people } from './people.ts';
import { publicPages } from './public.ts';
import { queue } from './queue.ts';
import { readLog } from './read-log.ts';
import { registers } from './registers.ts';
import { rights } from './rights.ts';
import { roster } from './roster.ts';
import { routing } from './routing.ts';
import { rules } from './rules.ts';
import { search } from './search.ts';
import { setup } from './setup.ts';
import { topics } from './topics.ts';
import { trends } from './trends.ts';
import { webhooks } from './webhooks.ts';
import { workbench } from './workbench.ts';

export const messages = {
  ...account,
  ...admin,
  ...answers,
  ...authority,
  ...briefTemplates,
  ...briefs,
  ...bursts,
  ...calendar,
  ...channels,
  ...app,
  ...decide,
  ...dockets,
  ...draftEditor,
  ...draftNames,
  ...draftWords,
  ...drafts,
  ...guide,
  ...handovers,
  ...help,
  ...instructions,
  ...item,
  ...kindNames,
  ...labels,
  ...leader,
  ...leads,
  ...live,
  ...login,
  ...names,
  ...people,
  ...publicPages,
  ...queue,
  ...readLog,
  ...registers,
  ...rights,
  ...roster,
  ...routing,
  ...rules,
  ...search,
  ...setup,
  ...topics,
  ...trends,
  ...webhooks,
  ...workbench,
};
