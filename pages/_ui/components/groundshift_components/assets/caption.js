/* Built by build.mjs from sources with SHA-256 fe5f66c06943e7270d68a7911a57909ad27df4b22f2a476a1ed223de178bc641 */
function c(t,s={},...o){let e=document.createElement(t);for(let[n,r]of Object.entries(s))r==null||r===!1||(n.startsWith("on")?e.addEventListener(n.slice(2),r):n==="class"?e.className=r:n==="value"?e.value=r:e.setAttribute(n,r===!0?"":String(r)));return e.append(...o.filter(n=>n!=null)),e}function m(t,s){let o=new CSSStyleSheet;o.replaceSync(s),t.adoptedStyleSheets=[o]}var h=`:host { display: block; }
p {
  margin: 0;
  color: var(--st-text-color);
  font-family: var(--st-font);
  font-size: 1.05rem;
  line-height: 1.65;
  white-space: pre-line;
  overflow-wrap: anywhere;
}
button {
  all: unset;
  cursor: pointer;
  padding: 0 2px;
  border-radius: 3px;
  color: var(--st-link-color);
  font-weight: 600;
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 3px;
}
.together { white-space: nowrap; }
.together button { white-space: normal; }
button:hover { text-decoration-thickness: 2px; }
button:focus-visible { outline: 2px solid var(--st-text-color); outline-offset: 1px; }
button[aria-pressed="true"] { background: var(--st-primary-color); color: #ffffff; text-decoration: none; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); gap: 8px; }
.figures button { display: flex; flex-direction: column; align-items: flex-start; gap: 2px; margin: 0; padding: 8px; border: 1px solid color-mix(in srgb, var(--st-text-color) 28%, transparent); border-radius: var(--st-base-radius, 6px); background: none; color: inherit; text-align: left; text-decoration: none; }
.figures button:hover { border-color: var(--st-text-color); }
.figures .name { font-size: 0.875rem; padding-left: 6px; border-left: 4px solid transparent; }
.figures .value { font-size: 1.75rem; font-weight: 500; line-height: 1.2; padding-left: 10px; font-variant-numeric: tabular-nums; }
.figures { color: var(--st-text-color); font-family: var(--st-font); }
.figures button[aria-pressed="true"] { background: var(--st-primary-color); color: #ffffff; }
`;var u=new WeakMap;function b({parentElement:t,data:s,setStateValue:o}){let e=n=>{let r=(u.get(t)?.clicks??0)+1;u.get(t).clicks=r,o("chosen",{fact:n===s.selected?null:n,clicks:r})};if(!u.has(t)){m(t,h);let n=s.figures?c("div",{class:"figures","data-testid":"gs-figures"}):c("p",{"data-testid":"gs-caption"});t.append(n),u.set(t,{node:n,clicks:Date.now()})}v(u.get(t).node,s,e)}function v(t,{parts:s,figures:o,selected:e},n){let r=t.getRootNode().activeElement?.dataset?.at,l=(i,a,...d)=>c("button",{type:"button","aria-pressed":String(i===e),"data-at":a,"data-fact":i,title:"Show where this number comes from",onclick:()=>n(i)},...d),f=o?o.map(({label:i,value:a,fact:d,color:p},g)=>l(d,g,y(i,p),c("span",{class:"value"},a))):w(s,l);t.replaceChildren(...f),r!==void 0&&t.querySelector(`[data-at="${Number(r)}"]`)?.focus()}function w(t,s){let o=[],e=null,n=()=>{e=c("span",{class:"together"}),o.push(e)};return t.forEach(({text:r,fact:l},f)=>{if(l!==void 0){e||n(),e.append(s(l,f,r));return}let[,i,a]=r.match(/^(\S*)([^]*)$/),[,d,p]=a.match(/^([^]*?)(\S*)$/),g=t[f+1]?.fact!==void 0;!e&&!a&&g&&n(),e?e.append(i):o.push(i),a&&(e=null,o.push(d),g&&n(),e?e.append(p):o.push(p))}),o}function y(t,s){let o=c("span",{class:"name"},t," ");return s&&(o.style.borderLeft=`4px solid ${s}`),o}export{b as default};
