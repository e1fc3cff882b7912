/* Built by build.mjs from sources with SHA-256 efeeb563955713f2607340a8df06bf51e52c9d7909ea5ae6c1b6ab6749ddb820 */
function c(t,i={},...s){let o=document.createElement(t);for(let[e,n]of Object.entries(i))n==null||n===!1||(e.startsWith("on")?o.addEventListener(e.slice(2),n):e==="class"?o.className=n:e==="value"?o.value=n:o.setAttribute(e,n===!0?"":String(n)));return o.append(...s.filter(e=>e!=null)),o}function l(t,i){let s=new CSSStyleSheet;s.replaceSync(i),t.adoptedStyleSheets=[s]}var d=`:host { display: block; }
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
`;var r=new WeakMap;function f({parentElement:t,data:i,setStateValue:s}){let o=e=>{let n=(r.get(t)?.clicks??0)+1;r.get(t).clicks=n,s("chosen",{fact:e===i.selected?null:e,clicks:n})};if(!r.has(t)){l(t,d);let e=c("p",{"data-testid":"gs-caption"});t.append(e),r.set(t,{node:e,clicks:Date.now()})}m(r.get(t).node,i,o)}function m(t,{parts:i,selected:s},o){let e=t.getRootNode().activeElement?.dataset?.at;t.replaceChildren(...i.map(({text:n,fact:a},u)=>a===void 0?n:c("button",{type:"button","aria-pressed":String(a===s),"data-at":u,"data-fact":a,title:"Show where this number comes from",onclick:()=>o(a)},n))),e!==void 0&&t.querySelector(`[data-at="${Number(e)}"]`)?.focus()}export{f as default};
