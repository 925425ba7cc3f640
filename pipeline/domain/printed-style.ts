/** How printed documents look: on A4 in black, and on a phone. Numbers link without looking like links on paper. */
export const printedStyle = `@page{size:A4;margin:20mm 18mm 22mm}
*{box-sizing:border-box}
body{font:10.5pt/1.55 "Noto Serif CJK SC","Source Han Serif SC",SimSun,serif;color:#000;margin:0 auto;max-width:180mm;background:#fff}
h1,h2,h3,.mark,figcaption{font-family:"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",SimHei,sans-serif}
h1{font-size:18pt;text-align:center;margin:0 0 2mm;font-weight:700}
.subtitle{text-align:center;margin:0 0 5mm}
.mark{margin:0 0 3mm;font-weight:700}
.cover{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1em;border-bottom:1.6pt solid #000;padding-bottom:1.5mm;margin:3mm 0 5mm}
h2{font-size:12pt;margin:6mm 0 2mm;break-after:avoid}
h3{font-size:10.5pt;margin:4mm 0 1.5mm;break-after:avoid}
p{margin:0 0 2mm;white-space:pre-wrap;overflow-wrap:anywhere}
.prose{text-indent:2em;text-align:justify}
.small{font-size:9pt}
table.small{font-size:8pt;line-height:1.35}table.small td,table.small th{padding:.6mm 1.2mm}
.warning{border:.6pt solid #000;border-left:3pt solid #000;padding:1.2mm 2mm}
.running{font-size:9pt;text-align:center;border-bottom:.5pt solid #8c8c82;padding-bottom:1mm}
table{width:100%;border-collapse:collapse;table-layout:fixed;margin:0 0 3mm}
th,td{border:.6pt solid #000;padding:1.2mm 1.8mm;text-align:left;vertical-align:top;font-weight:400;white-space:pre-wrap;overflow-wrap:anywhere}
th{background:#f2f2f2}
td span{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums}
thead{display:table-header-group}
tr,figure,.figures,table.whole{break-inside:avoid}
tr.kept{break-after:avoid}
table.kept,p.small{break-before:avoid}
ul{margin:0 0 2mm;padding-left:1.5em}
.figures{list-style:none;display:grid;grid-template-columns:repeat(4,1fr);padding:0 1px 1px 0;margin:0 0 3mm}
.figures li{border:.6pt solid #000;margin:0 -.6pt -.6pt 0;padding:1.2mm 1mm;text-align:center}
.figures b{display:block;font-size:15pt;line-height:1.25;font-variant-numeric:tabular-nums}
.figures span{font-size:9pt}
.figures sup{font-size:8pt}
sup{font-size:.7em;line-height:0}
a{color:inherit;text-decoration:underline dotted;text-underline-offset:.2em}
figure{margin:0 0 3mm}
figure svg{display:block;width:100%;height:auto}
figcaption{text-align:center;margin:1mm 0}
details{break-before:page}
summary{font-weight:700;padding:1mm 0;cursor:pointer}
.stamp{position:fixed;top:42%;left:0;right:0;text-align:center;font-size:64pt;color:rgb(0 0 0/9%);transform:rotate(-30deg);pointer-events:none;font-family:sans-serif}
footer{margin-top:6mm;font-size:9pt;text-align:center;overflow-wrap:anywhere}
@media print{body{padding:0 1pt}footer,.running{display:none}a{text-decoration:none}details::details-content{content-visibility:visible}summary{list-style:none;font-size:12pt}}
@media screen{body{padding:4mm}}
@media screen and (max-width:600px){
body{font-size:15px;padding:10px 12px}.running{display:none}
h1{font-size:20px;margin-bottom:4px}.cover{font-size:13px;margin:4px 0 8px;padding-bottom:4px}
h2{font-size:15px;margin:9px 0 4px}p{margin-bottom:5px}.small{font-size:12px}table.small{font-size:11px}.mark{font-size:13px;margin:0 0 4px}
.figures li{padding:3px 1px}.figures b{font-size:18px}.figures span{font-size:11px;display:block;line-height:1.3}
th,td{padding:5px 6px;font-size:13px}
.wide{overflow-x:auto}.wide svg{min-width:560px}
.stamp{font-size:44px}
}`;
