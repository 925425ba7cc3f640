import type { SchoolFacts } from '../domain/school-facts.ts';
import type { CheckStage } from './check-stage.ts';
import { buildFilesStage } from './files/files.ts';
import { buildLinksStage } from './links/links.ts';
import { buildPersonalDataStage } from './personal/personal-data.ts';
import { buildPublicityStage } from './personal/publicity.ts';
import { buildAiLabelStage } from './pictures/ai-label.ts';
import { buildPicturesStage } from './pictures/pictures.ts';
import { buildSecrecyStage } from './secrecy-marks.ts';

/** What may not be published, whatever the words are like: secrets, data of persons, files that lie, pictures, links. */
export function buildDataChecks(school: SchoolFacts): readonly CheckStage[] {
  return [
    // May it be published at all?
    buildSecrecyStage(school),
    // Whose data is it?
    buildPersonalDataStage(school),
    buildPublicityStage(),
    // Are its files what they seem?
    buildFilesStage(),
    // May its pictures be shown, and who can make use of them?
    buildPicturesStage(),
    // Does it say what a machine made?
    buildAiLabelStage(),
    // Where does it lead?
    buildLinksStage(school),
  ];
}
