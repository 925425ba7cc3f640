import { type Action, type Role, rightsOf } from '../../pipeline/domain/role.ts';

/** A page of the dashboards, and whoever opens it to work there. */
export interface ScreenPage {
  name: string;
  role: Role;
}

interface PageFacts {
  actions: readonly Action[] | null;
}

/** Pages that several people may open, and who is at home there. */
const atHome: Partial<Record<string, Role>> = {
  briefs: 'analyst',
  drafts: 'editor',
  handovers: 'unit-head',
  instructions: 'leader',
  'read-log': 'auditor',
  registers: 'director',
  trends: 'analyst',
};

/** Everybody else, whoever has the fullest desk first. */
const inTurn: readonly Role[] = [
  ...(['reviewer', 'analyst', 'director', 'editor', 'unit-head', 'operator'] as const),
  ...(['account-admin', 'auditor', 'safety', 'leader', 'principal', 'unit-reviewer'] as const),
];

/** Every page that the navigation has, as the dashboards themselves list them. */
async function readPageFacts(): Promise<Record<string, PageFacts>> {
  // By a name in a variable: what is written for browsers is not checked as if it were for servers.
  const pages = new URL('../../dashboards/src/lib/pages.ts', import.meta.url).href;
  return ((await import(pages)) as { pageFacts: Record<string, PageFacts> }).pageFacts;
}

function mayOpen(role: Role, { actions }: PageFacts): boolean {
  const appointed = [{ role, unitId: 'some-unit', onBehalfOf: null }];
  return actions === null || actions.some((action) => rightsOf(appointed, action).permitted);
}

/** @throws Error for a page that nobody may open */
export async function listPages(): Promise<ScreenPage[]> {
  return Object.entries(await readPageFacts()).map(([name, facts]) => {
    const preferred = atHome[name];
    const role = [...(preferred === undefined ? [] : [preferred]), ...inTurn].find((one) =>
      mayOpen(one, facts),
    );
    if (role === undefined) throw new Error(`nobody may open the page ${name}`);
    return { name, role };
  });
}
