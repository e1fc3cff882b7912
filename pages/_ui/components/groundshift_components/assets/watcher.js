/* Built by build.mjs from sources with SHA-256 ff1d892694e6b9154fb53e6a01568a0d7c56c39a78744ec500359d14540c9f15 */
function r(i,t={},...s){let e=document.createElement(i);for(let[n,o]of Object.entries(t))o==null||o===!1||(n.startsWith("on")?e.addEventListener(n.slice(2),o):n==="class"?e.className=o:n==="value"?e.value=o:e.setAttribute(n,o===!0?"":String(o)));return e.append(...s.filter(n=>n!=null)),e}function c(i,t){let s=new CSSStyleSheet;s.replaceSync(t),i.adoptedStyleSheets=[s]}var d=`:host { display: block; }
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
`;var h=[250,1e3],f=1/60,w=5e3,p=[500,8e3],b=1e4,u="The server does not answer; trying again",a=class{#t=null;#e=null;#s=0;#a=performance.now();constructor(t,s){this.address=s.address,this.onEnd=()=>{},this.words=r("div",{class:"words",id:"words"}),this.fill=r("div",{class:"fill"}),this.bar=r("div",{class:"bar",role:"progressbar","aria-labelledby":"words","aria-valuemin":0,"aria-valuemax":100},this.fill),c(t,d),t.replaceChildren(r("div",{"data-testid":"gs-watcher"},this.words,this.bar)),this.lookNow=this.lookNow.bind(this),document.addEventListener("visibilitychange",this.lookNow),this.#i(s),this.#n(h[0])}lookNow(){!this.#e&&!document.hidden&&this.#n(0)}close(){clearTimeout(this.#t),this.#t=null,this.#e?.abort(),this.onEnd=()=>{},document.removeEventListener("visibilitychange",this.lookNow)}#n(t){clearTimeout(this.#t),this.#t=setTimeout(()=>this.#l(),t)}async#l(){let t=this.#e=new AbortController,s=setTimeout(()=>t.abort(),b),e=this.#t,n=await this.#c(t.signal).catch(()=>this.#r(u));clearTimeout(s),this.#e=null,this.#t===e&&n!==null&&this.#n(n)}async#c(t){let s=await fetch(this.address,{signal:t,cache:"no-store"}),e=await s.json();return s.status===404?this.#o():s.ok?(this.#s=0,this.#i(e),e.is_active?this.#d():this.#o()):this.#r([e.error,e.remedy].filter(Boolean).join(" ")||u)}#i({share_pct:t,words:s}){s&&(this.words.textContent=s),this.fill.style.width=`${t}%`,this.bar.setAttribute("aria-valuenow",String(t))}#o(){return this.onEnd(),null}#r(t){this.words.textContent=t,this.#s+=1;let[s,e]=p;return Math.min(e,s*2**(this.#s-1))}#d(){if(document.hidden)return w;let[t,s]=h;return Math.min(s,Math.max(t,f*(performance.now()-this.#a)))}};var l=new WeakMap;function v({parentElement:i,data:t,setTriggerValue:s}){let e=l.get(i);return e?.address===t.address?e.lookNow():(e?.close(),e=new a(i,t),l.set(i,e)),e.onEnd=()=>s("ended",Date.now()),()=>{e.close(),l.delete(i)}}export{v as default};
