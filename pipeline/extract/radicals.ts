/**
 * Characters of the block CJK Radicals Supplement with those that are written. Fonts draw a character and its radical as the same
 * shape, and a PDF that was printed with them gives back either.
 */
const pairs =
  '⺁厂⺃乚⺄乙⺅亻⺆冂⺇几⺉刂⺊卜⺌小⺎兀⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺣灬⺤爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟⺲罒⺵羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼肉⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻭歯⻮齿⻯竜⻰龙⻱龟⻲亀⻳龟';
const written = new Map<string, string>();
for (let i = 0; i < pairs.length; i += 2) written.set(pairs.charAt(i), pairs.charAt(i + 1));

/** The text with characters where it has radicals (⾦⽰⻅ for 金示见): nobody writes those, and no word is found in them. */
export function writeOutRadicals(text: string): string {
  return text.replace(/[\u2e80-\u2fd5]/g, (sign) => written.get(sign) ?? sign.normalize('NFKC'));
}
