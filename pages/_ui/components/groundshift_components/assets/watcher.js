/* Built by build.mjs from sources with SHA-256 0d3f6619f40436420e9b78d8283f72e76470de2ed323231406fd60755c3721c2 */
function r(n,e={},...s){let t=document.createElement(n);for(let[i,o]of Object.entries(e))o==null||o===!1||(i.startsWith("on")?t.addEventListener(i.slice(2),o):i==="class"?t.className=o:i==="value"?t.value=o:t.setAttribute(i,o===!0?"":String(o)));return t.append(...s.filter(i=>i!=null)),t}function c(n,e){let s=new CSSStyleSheet;s.replaceSync(e),n.adoptedStyleSheets=[s]}var d=`:host { display: block; }
.words {
  margin-bottom: 0.35rem;
  color: var(--st-text-color, #1c2526);
  font: 400 0.875rem/1.45 var(--st-font, system-ui, sans-serif);
  overflow-wrap: anywhere;
}
.words:empty { display: none; }
.bar {
  height: 0.5rem; overflow: hidden;
  border-radius: 0.25rem;
  background: color-mix(in srgb, var(--st-text-color, #1c2526) 18%, transparent);
}
.fill { height: 100%; background: var(--st-primary-color, #0f6b75); }
.open .fill { width: 30%; border-radius: 0.25rem; animation: pass 1.6s ease-in-out infinite alternate; }
@keyframes pass { from { margin-left: 0; } to { margin-left: 70%; } }
@media (prefers-reduced-motion: reduce) { .open .fill { width: 100%; animation: none; opacity: 0.5; } }
`;var h=[250,1e3],f=1/60,w=5e3,p=[500,8e3],b=1e4,u="The server does not answer; trying again",a=class{#t=null;#e=null;#s=0;#a=performance.now();constructor(e,s){this.address=s.address,this.onEnd=()=>{},this.words=r("div",{class:"words",id:"words"}),this.fill=r("div",{class:"fill"}),this.bar=r("div",{class:"bar",role:"progressbar","aria-labelledby":"words","aria-valuemin":0,"aria-valuemax":100},this.fill),c(e,d),e.replaceChildren(r("div",{"data-testid":"gs-watcher"},this.words,this.bar)),this.lookNow=this.lookNow.bind(this),document.addEventListener("visibilitychange",this.lookNow),this.#n(s),this.#i(h[0])}lookNow(){!this.#e&&!document.hidden&&this.#i(0)}close(){clearTimeout(this.#t),this.#t=null,this.#e?.abort(),this.onEnd=()=>{},document.removeEventListener("visibilitychange",this.lookNow)}#i(e){clearTimeout(this.#t),this.#t=setTimeout(()=>this.#l(),e)}async#l(){let e=this.#e=new AbortController,s=setTimeout(()=>e.abort(),b),t=this.#t,i=await this.#c(e.signal).catch(()=>this.#r(u));clearTimeout(s),this.#e=null,this.#t===t&&i!==null&&this.#i(i)}async#c(e){let s=await fetch(this.address,{signal:e,cache:"no-store"}),t=await s.json();return s.status===404?this.#o():s.ok?(this.#s=0,this.#n(t),t.is_active?this.#d():this.#o()):this.#r([t.error,t.remedy].filter(Boolean).join(" ")||u)}#n({share_pct:e,words:s}){s&&(this.words.textContent=s);let t=e===null;this.bar.classList.toggle("open",t),this.fill.style.width=t?"":`${e}%`,t?this.bar.removeAttribute("aria-valuenow"):this.bar.setAttribute("aria-valuenow",String(e))}#o(){return this.onEnd(),null}#r(e){this.words.textContent=e,this.#s+=1;let[s,t]=p;return Math.min(t,s*2**(this.#s-1))}#d(){if(document.hidden)return w;let[e,s]=h;return Math.min(s,Math.max(e,f*(performance.now()-this.#a)))}};var l=new WeakMap;function v({parentElement:n,data:e,setTriggerValue:s}){let t=l.get(n);return t?.address===e.address?t.lookNow():(t?.close(),t=new a(n,e),l.set(n,t)),t.onEnd=()=>s("ended",Date.now()),()=>{t.close(),l.delete(n)}}export{v as default};
