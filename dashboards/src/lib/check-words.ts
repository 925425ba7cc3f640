import type { EditorialCategory } from '../../../review-api/contract/draft-text.ts';
import { t } from '../i18n/t.ts';

/** What a person has to do where nothing may be waved aside. */
const mustDo: Partial<Record<EditorialCategory, string>> = {
  'personal-data': t('draft-words.mustPersonalData'),
  'secrecy-mark': t('draft-words.mustSecrecy'),
  link: t('draft-words.mustLink'),
  'ad-absolute': t('draft-words.mustAdAbsolute'),
  'map-number': t('draft-words.mustMapNumber'),
  'image-licence': t('draft-words.mustImageLicence'),
  'ai-label': t('draft-words.mustAiLabel'),
};
export const mustDoFor = (category: EditorialCategory): string =>
  mustDo[category] ?? t('draft-words.mustOther');
