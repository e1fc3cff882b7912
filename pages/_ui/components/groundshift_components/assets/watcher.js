/* Built by build.mjs from sources with SHA-256 5cd9bd02a33b460c6a2a4ab9a5b499835a0dfb7ba7a463841d36c5d688b91409 */
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
`;var h=[250,1e3],w=1/60,p=5e3,v=[500,8e3],b=1e4,u=3e3,m="The server does not answer; trying again",a=class{#e=null;#t=null;#s=0;#n=-u;#l=performance.now();constructor(e,s){this.address=s.address,this.onEnd=()=>{},this.words=r("div",{class:"words",id:"words"}),this.fill=r("div",{class:"fill"}),this.bar=r("div",{class:"bar",role:"progressbar","aria-labelledby":"words","aria-valuemin":0,"aria-valuemax":100},this.fill),c(e,d),e.replaceChildren(r("div",{"data-testid":"gs-watcher"},this.words,this.bar)),this.lookNow=this.lookNow.bind(this),this.leave=this.leave.bind(this),document.addEventListener("visibilitychange",this.lookNow),window.addEventListener("click",this.leave,{capture:!0}),this.#o(s),this.#i(h[0])}lookNow(){!this.#t&&!document.hidden&&this.#i(0)}leave(e){e.composedPath().some(({tagName:s})=>s==="A")&&(this.#n=performance.now())}close(){clearTimeout(this.#e),this.#e=null,this.#t?.abort(),this.onEnd=()=>{},document.removeEventListener("visibilitychange",this.lookNow),window.removeEventListener("click",this.leave,{capture:!0})}#i(e){clearTimeout(this.#e),this.#e=setTimeout(()=>this.#c(),e)}async#c(){let e=this.#t=new AbortController,s=setTimeout(()=>e.abort(),b),t=this.#e,i=await this.#d(e.signal).catch(()=>this.#a(m));clearTimeout(s),this.#t=null,this.#e===t&&i!==null&&this.#i(i)}async#d(e){let s=await fetch(this.address,{signal:e,cache:"no-store"}),t=await s.json();return s.status===404?this.#r():s.ok?(this.#s=0,this.#o(t),t.is_active?this.#h():this.#r()):this.#a([t.error,t.remedy].filter(Boolean).join(" ")||m)}#o({share_pct:e,words:s}){s&&(this.words.textContent=s);let t=e===null;this.bar.classList.toggle("open",t),this.fill.style.width=t?"":`${e}%`,t?this.bar.removeAttribute("aria-valuenow"):this.bar.setAttribute("aria-valuenow",String(e))}#r(){let e=this.#n+u-performance.now();return e>0?e:(this.onEnd(),null)}#a(e){this.words.textContent=e,this.#s+=1;let[s,t]=v;return Math.min(t,s*2**(this.#s-1))}#h(){if(document.hidden)return p;let[e,s]=h;return Math.min(s,Math.max(e,w*(performance.now()-this.#l)))}};var l=new WeakMap;function g({parentElement:n,data:e,setTriggerValue:s}){let t=l.get(n);return t?.address===e.address?t.lookNow():(t?.close(),t=new a(n,e),l.set(n,t)),t.onEnd=()=>s("ended",Date.now()),()=>{t.close(),l.delete(n)}}export{g as default};
