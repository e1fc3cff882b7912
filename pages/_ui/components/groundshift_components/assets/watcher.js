/* Built by build.mjs from sources with SHA-256 2bcbbfd79e6ab724d7a96f938755b0b901f178af61e9924b9963a3e7cfbf954b */
function r(i,e={},...s){let t=document.createElement(i);for(let[n,o]of Object.entries(e))o==null||o===!1||(n.startsWith("on")?t.addEventListener(n.slice(2),o):n==="class"?t.className=o:n==="value"?t.value=o:t.setAttribute(n,o===!0?"":String(o)));return t.append(...s.filter(n=>n!=null)),t}function c(i,e){let s=new CSSStyleSheet;s.replaceSync(e),i.adoptedStyleSheets=[s]}var d=`:host { display: block; }
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
`;var h=[250,1e3],p=1/60,w=5e3,b=[500,8e3],v=1e4,u=3e3,m="The server does not answer; trying again",a=class{#t=null;#e=null;#s=0;#i=-u;#o=new AbortController;#c=performance.now();constructor(e,s){this.address=s.address,this.onEnd=()=>{},this.words=r("div",{class:"words",id:"words"}),this.fill=r("div",{class:"fill"}),this.bar=r("div",{class:"bar",role:"progressbar","aria-labelledby":"words","aria-valuemin":0,"aria-valuemax":100},this.fill),c(e,d),e.replaceChildren(r("div",{"data-testid":"gs-watcher"},this.words,this.bar));let{signal:t}=this.#o;document.addEventListener("visibilitychange",()=>this.lookNow(),{signal:t}),window.addEventListener("click",n=>this.#d(n),{capture:!0,signal:t}),this.#r(s),this.#n(h[0])}lookNow(){!this.#e&&!document.hidden&&this.#n(0)}#d(e){e.composedPath().some(({tagName:s})=>s==="A")&&(this.#i=performance.now())}close(){clearTimeout(this.#t),this.#t=null,this.#e?.abort(),this.onEnd=()=>{},this.#o.abort()}#n(e){clearTimeout(this.#t),this.#t=setTimeout(()=>this.#h(),e)}async#h(){let e=this.#e=new AbortController,s=setTimeout(()=>e.abort(),v),t=this.#t,n=await this.#u(e.signal).catch(()=>this.#l(m));clearTimeout(s),this.#e=null,this.#t===t&&n!==null&&this.#n(n)}async#u(e){let s=await fetch(this.address,{signal:e,cache:"no-store"}),t=await s.json();return s.status===404?this.#a():s.ok?(this.#s=0,this.#r(t),t.is_active?this.#m():this.#a()):this.#l([t.error,t.remedy].filter(Boolean).join(" ")||m)}#r({share_pct:e,words:s}){s&&(this.words.textContent=s);let t=e===null;this.bar.classList.toggle("open",t),this.fill.style.width=t?"":`${e}%`,t?this.bar.removeAttribute("aria-valuenow"):this.bar.setAttribute("aria-valuenow",String(e))}#a(){let e=this.#i+u-performance.now();return e>0?e:(this.onEnd(),null)}#l(e){this.words.textContent=e,this.#s+=1;let[s,t]=b;return Math.min(t,s*2**(this.#s-1))}#m(){if(document.hidden)return w;let[e,s]=h;return Math.min(s,Math.max(e,p*(performance.now()-this.#c)))}};var l=new WeakMap;function g({parentElement:i,data:e,setTriggerValue:s}){let t=l.get(i);return t?.address===e.address?t.lookNow():(t?.close(),t=new a(i,e),l.set(i,t)),t.onEnd=()=>s("ended",Date.now()),()=>{t.close(),l.delete(i)}}export{g as default};
