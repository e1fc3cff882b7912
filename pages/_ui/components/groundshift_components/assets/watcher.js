/* Built by build.mjs from sources with SHA-256 57b322630244f0d53986024a4c0ef033ea1355cb75851362bf5d0759e7126663 */
function r(n,t={},...s){let e=document.createElement(n);for(let[i,o]of Object.entries(t))o==null||o===!1||(i.startsWith("on")?e.addEventListener(i.slice(2),o):i==="class"?e.className=o:i==="value"?e.value=o:e.setAttribute(i,o===!0?"":String(o)));return e.append(...s.filter(i=>i!=null)),e}function c(n,t){let s=new CSSStyleSheet;s.replaceSync(t),n.adoptedStyleSheets=[s]}var d=`:host { display: block; }
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
`;var h=[250,1e3],f=1/60,w=5e3,p=[500,8e3],b=1e4,v=5e3,u="The server does not answer; trying again",a=class{#t=null;#e=null;#s=0;#a=performance.now();constructor(t,s){this.address=s.address,this.onEnd=()=>{},this.words=r("div",{class:"words",id:"words"}),this.fill=r("div",{class:"fill"}),this.bar=r("div",{class:"bar",role:"progressbar","aria-labelledby":"words","aria-valuemin":0,"aria-valuemax":100},this.fill),c(t,d),t.replaceChildren(r("div",{"data-testid":"gs-watcher"},this.words,this.bar)),this.lookNow=this.lookNow.bind(this),document.addEventListener("visibilitychange",this.lookNow),this.#n(s),this.#i(h[0])}lookNow(){!this.#e&&!document.hidden&&this.#i(0)}close(){clearTimeout(this.#t),this.#t=null,this.#e?.abort(),this.onEnd=()=>{},document.removeEventListener("visibilitychange",this.lookNow)}#i(t){clearTimeout(this.#t),this.#t=setTimeout(()=>this.#l(),t)}async#l(){let t=this.#e=new AbortController,s=setTimeout(()=>t.abort(),b),e=this.#t,i=await this.#c(t.signal).catch(()=>this.#r(u));clearTimeout(s),this.#e=null,this.#t===e&&this.#i(i)}async#c(t){let s=await fetch(this.address,{signal:t,cache:"no-store"}),e=await s.json();return s.status===404?this.#o():s.ok?(this.#s=0,this.#n(e),e.is_active?this.#d():this.#o()):this.#r([e.error,e.remedy].filter(Boolean).join(" ")||u)}#n({share_pct:t,words:s}){s&&(this.words.textContent=s),this.fill.style.width=`${t}%`,this.bar.setAttribute("aria-valuenow",String(t))}#o(){return this.onEnd(),v}#r(t){this.words.textContent=t,this.#s+=1;let[s,e]=p;return Math.min(e,s*2**(this.#s-1))}#d(){if(document.hidden)return w;let[t,s]=h;return Math.min(s,Math.max(t,f*(performance.now()-this.#a)))}};var l=new WeakMap;function g({parentElement:n,data:t,setTriggerValue:s}){let e=l.get(n);return e?.address===t.address?e.lookNow():(e?.close(),e=new a(n,t),l.set(n,e)),e.onEnd=()=>s("ended",Date.now()),()=>{e.close(),l.delete(n)}}export{g as default};
