import type { EditorialCategory } from '../../../review-api/contract/draft-text.ts';

/** What a person has to do where nothing may be waved aside. */
const mustDo: Partial<Record<EditorialCategory, string>> = {
  'personal-data': '请删去、打码，或在右侧申报依据并完成脱敏；确需原样公布的，请终审人放行。',
  'secrecy-mark': '涉密内容不得录入本系统。请删去后向保密办报告；误判时由终审人放行。',
  link: '请改为可信的地址或删去；确需保留的，请终审人放行。',
  'ad-absolute': '招生、培训广告不得使用绝对化用语，请改写；确非广告的，请终审人放行。',
  'map-number': '请填写审图号，或改用标准地图。',
  'image-licence': '请填写图片来源和授权，或换图。',
  'ai-label': '请填写向读者标明人工智能生成的方式。',
};
export const mustDoFor = (category: EditorialCategory): string =>
  mustDo[category] ?? '请改正后再送审；确有理由的，请终审人放行。';
