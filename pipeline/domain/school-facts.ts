import type { Channel, Governance } from './channel.ts';

/** What the checks of a draft know of the school by its settings; data only, for they run in a thread. */
export interface SchoolFacts {
  /** Empty where nobody has said. */
  name: string;
  /** `20########`; null where the school has named no form of its student numbers. */
  studentNumberPattern: string | null;
  /** Beginnings of document numbers that are never published. */
  restrictedSeries: readonly string[];
  /** Of its own sites, in lower case, without ports. */
  hosts: readonly string[];
}

export const unknownSchool: SchoolFacts = {
  name: '',
  studentNumberPattern: null,
  restrictedSeries: [],
  hosts: [],
};

export function schoolFactsOf(settings: {
  channels: readonly Channel[];
  governance: Governance | null;
}): SchoolFacts {
  const { channels, governance } = settings;
  const hosts = channels.flatMap((channel) =>
    channel.kind === 'site' ? channel.allow.map(({ host }) => host.replace(/:\d+$/, '')) : [],
  );
  return {
    name: governance?.school ?? '',
    studentNumberPattern: governance?.studentNumberPattern ?? null,
    restrictedSeries: governance?.restrictedSeries ?? [],
    hosts: [...new Set(hosts)],
  };
}
