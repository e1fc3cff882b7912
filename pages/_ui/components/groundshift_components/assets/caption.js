/* Built by build.mjs from sources with SHA-256 4c7426fb9662eb1ecbc285fbd264c40b5d7c045eb987d40dd3488889deab02a7 */
function l(e,o={},...r){let i=document.createElement(e);for(let[t,n]of Object.entries(o))n==null||n===!1||(t.startsWith("on")?i.addEventListener(t.slice(2),n):t==="class"?i.className=n:t==="value"?i.value=n:i.setAttribute(t,n===!0?"":String(n)));return i.append(...r.filter(t=>t!=null)),i}function f(e,o){let r=new CSSStyleSheet;r.replaceSync(o),e.adoptedStyleSheets=[r]}var p=`:host { display: block; }
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
`;var d=new WeakMap;function h({parentElement:e,data:o,setStateValue:r}){let i=t=>{let n=(d.get(e)?.clicks??0)+1;d.get(e).clicks=n,r("chosen",{fact:t===o.selected?null:t,clicks:n})};if(!d.has(e)){f(e,p);let t=o.figures?l("div",{class:"figures","data-testid":"gs-figures"}):l("p",{"data-testid":"gs-caption"});e.append(t),d.set(e,{node:t,clicks:Date.now()})}v(d.get(e).node,o,i)}function v(e,{parts:o,figures:r,selected:i},t){let n=e.getRootNode().activeElement?.dataset?.at,u=(s,a,...c)=>l("button",{type:"button","aria-pressed":String(s===i),"data-at":a,"data-fact":s,title:"Show where this number comes from",onclick:()=>t(s)},...c),m=r?r.map(({label:s,value:a,fact:c,color:g},x)=>u(c,x,w(s,g),l("span",{class:"value"},a))):o.map(({text:s,fact:a},c)=>a===void 0?s:u(a,c,s));e.replaceChildren(...m),n!==void 0&&e.querySelector(`[data-at="${Number(n)}"]`)?.focus()}function w(e,o){let r=l("span",{class:"name"},e," ");return o&&(r.style.borderLeft=`4px solid ${o}`),r}export{h as default};
