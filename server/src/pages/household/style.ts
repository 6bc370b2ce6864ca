// The look of the household's pages: big letters, big buttons, the colours of client/src/ui/tokens.css. Stands in each page, so nothing can be missing.
import { createHash } from 'node:crypto'

// 1rem is 20 px, and grows with the reader's own letter size.
const source = `
:root{color-scheme:light;--ink:#1c1917;--muted:#57534e;--surface:#fff;--canvas:#faf7f2;--line:#e7e0d5;--control:#78716c;--brand:#a61b1b;--brand-deep:#861414;
--link:#0b4fb3;--ok:#1b6b3a;--ok-soft:#e7f4ec;--warn:#7a4b00;--warn-soft:#fff3d6;--danger:#9b1c1c;--danger-soft:#fdecec;--info-soft:#e8f0fe}
*{box-sizing:border-box}
html{font-size:125%;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--canvas);color:var(--ink);
font:400 1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
h1,h2,h3,p,ul,dl,dd{margin:0;padding:0}
h1,h2,h3{text-wrap:balance}
h1{font-size:1.5rem;line-height:1.35;font-weight:600;letter-spacing:-.01em}
h2{font-size:1.05rem;line-height:1.4;font-weight:600;color:var(--muted)}
h3{font-size:1.15rem;line-height:1.4;font-weight:600}
strong{font-weight:600}
[hidden],.drawings{display:none}
.picture{display:block;width:4rem;height:4rem;padding:.35rem;border-radius:14px;background:#f9efdf;flex:none}
.sign{width:1.25em;height:1.25em;flex:none;fill:none;stroke:currentColor;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}
.top,main,.foot{width:100%;max-width:33rem;margin:0 auto;padding:0 1rem}
.top{display:flex;align-items:center;justify-content:space-between;gap:1rem;flex-wrap:wrap;padding-top:.6rem;padding-bottom:.6rem}
.brand{display:flex;align-items:center;gap:.5rem;font-weight:600;color:var(--brand)}
.brand svg{width:2rem;height:2rem}
.tongue{display:inline-flex;align-items:center;min-height:2.4rem;padding:0 .4rem;font-size:.9rem}
#kept:empty{margin-bottom:-1rem}
main{flex:1;display:flex;flex-direction:column;gap:1rem;padding-top:.4rem;padding-bottom:1.5rem}
.lead p+p{margin-top:.15rem}
.muted,.who,.hint{color:var(--muted)}
.who,.hint,.small{font-size:.9rem}
.before{display:flex;align-items:center;justify-content:space-between;gap:.8rem;flex-wrap:wrap;font-size:.9rem;color:var(--muted)}
.before a{display:inline-flex;align-items:center;gap:.3rem;min-height:2.4rem;text-decoration:none;font-weight:600}
.hero{display:flex;flex-direction:column;gap:.8rem}
.hero .picture{width:5.2rem;height:5.2rem;padding:0;background:none}
.group{display:flex;flex-direction:column;gap:.7rem}
.group+.group{margin-top:.6rem}
.card{display:flex;flex-direction:column;gap:.8rem;background:var(--surface);border:1px solid var(--line);border-radius:16px;padding:.9rem;box-shadow:0 1px 2px rgb(68 48 24/6%)}
.card.ask{border:2px solid var(--brand)}
.what{display:flex;flex-wrap:wrap;gap:.6rem .9rem;align-items:center}
.what>div{flex:1 1 8rem;min-width:0}
.what h2{font-size:1.15rem;color:var(--ink)}
.what>.more{flex-basis:100%}
.more:empty{display:none}
.what p{color:var(--muted);margin-top:.15rem}
.what strong{color:var(--ink)}
.badge{display:inline-flex;align-items:center;gap:.4rem;margin-top:.4rem;padding:.25rem .75rem;border-radius:1.2rem;font-size:.9rem;font-weight:600}
.what p.badge{margin-top:.4rem}
.what p.badge.ok,.badge.ok{color:var(--ok);background:var(--ok-soft)}
.what p.badge.warn,.badge.warn{color:var(--warn);background:var(--warn-soft)}
.photo{display:block;width:100%;height:auto;border-radius:12px;background:var(--line)}
.button{display:flex;align-items:center;justify-content:center;gap:.6rem;width:100%;min-height:72px;min-height:max(72px,3.6rem);padding:.6rem 1rem;
border:2px solid var(--brand);border-radius:16px;background:var(--surface);color:var(--brand);font:inherit;font-size:1.1rem;font-weight:600;line-height:1.35;text-align:center;text-decoration:none;cursor:pointer}
.button.main{background:var(--brand);color:#fff}
.button.main:hover{background:var(--brand-deep);border-color:var(--brand-deep)}
.button.plain{border-color:var(--control);color:var(--ink)}
.button.ok{background:var(--ok);border-color:var(--ok);color:#fff}
.button.warn{border-color:var(--warn);color:var(--warn)}
.button.danger{border-color:var(--danger);color:var(--danger)}
.button:hover{text-decoration:underline;text-underline-offset:.2em}
.button .number{display:inline-block;font-variant-numeric:tabular-nums}
.button.choice{justify-content:flex-start;text-align:start;border-color:var(--line);color:var(--ink)}
.buttons{display:flex;flex-direction:column;gap:.7rem}
.notice a{display:block}
.notice{padding:.8rem .9rem;border-radius:12px;background:var(--info-soft)}
.notice.warn{background:var(--warn-soft);color:var(--warn);font-weight:600}
.notice.ok{background:var(--ok-soft);color:var(--ok);font-weight:600}
.honest{padding:.8rem .9rem;border-radius:12px;background:var(--ok-soft);color:var(--ok);font-weight:600}
form{display:flex;flex-direction:column;gap:1rem;margin:0}
.field{display:flex;flex-direction:column;gap:.35rem}
label,.label{font-weight:600}
input,textarea{width:100%;min-height:72px;padding:.5rem .9rem;border:2px solid var(--control);border-radius:12px;background:var(--surface);color:var(--ink);font:inherit;font-size:1.25rem}
textarea{font-size:1rem;line-height:1.5;min-height:6rem}
input.code{text-transform:uppercase;letter-spacing:.06em;font-weight:600;font-variant-numeric:tabular-nums}
input.pin{letter-spacing:.5em;font-weight:600;-webkit-text-security:disc}
[aria-invalid]{border-color:var(--danger);border-width:3px}
.wrong{color:var(--danger);font-weight:600}
.count{display:flex;flex-wrap:wrap;gap:.6rem}
.count input{flex:3 1 4rem;min-width:0;text-align:center;font-weight:600;font-size:1.4rem;padding:.5rem .2rem}
.count .button{flex:1 1 3.6rem;min-width:0;padding:.4rem .7rem;font-size:1rem;flex-wrap:wrap}
.count .big{font-size:1.8rem;line-height:1}
.count.wide input{flex-basis:100%}
.count.wide .button{flex-basis:7rem}
.enter{position:absolute;width:1px;height:1px;padding:0;margin:-1px;border:0;overflow:hidden;clip-path:inset(50%)}
.receipt{padding:1rem;border:2px dashed var(--ok);border-radius:16px;background:var(--surface)}
.receipt .number{font-size:2rem;line-height:1.35;font-weight:600;letter-spacing:.06em;font-variant-numeric:tabular-nums}
.facts{display:flex;flex-direction:column;gap:.35rem}
.facts div{display:flex;flex-wrap:wrap;gap:0 .5rem}
.facts dt{color:var(--muted)}
.facts dd{font-weight:600;min-width:0}
.links{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem}
.links a{display:inline-flex;align-items:center;min-height:2.4rem}
.foot{display:flex;flex-direction:column;gap:.8rem;padding-top:1rem;padding-bottom:1.6rem;border-top:1px solid var(--line)}
.button.listen{border:0;background:var(--info-soft);color:var(--link);min-height:3rem}
.foot .button{border-color:var(--control);color:var(--ink)}
@media(min-width:30rem){.what{display:grid;grid-template-columns:auto minmax(0,1fr);align-items:start;gap:.1rem .9rem}.more{grid-column:2}.what .picture{grid-row:span 2}.what>div:nth-child(2){align-self:center}}
@media(min-width:48rem){body{background:#f2ede4}main{flex:none;background:var(--canvas);padding:1.8rem 2rem 2rem;border-radius:20px;box-shadow:0 8px 24px -10px rgb(68 48 24/22%)}
.top{padding:1rem 2rem .8rem}.foot{border:0;padding:1.2rem 2rem 2rem}h1{font-size:1.7rem}}
@media(forced-colors:active){.button,.card,.notice,.honest,.badge{border:2px solid}}
@media print{.foot,.tongue,.button{display:none}body{background:#fff}}`

export const style = source.replaceAll(/\n/g, '')

/** What the Content-Security-Policy must know it by. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`
