"""English: what people ask and how they are answered.

Words only; which tool answers what is known to the planner. Sentences stand in
`english_sentences.py`, captions in `wording/english.py`.
"""

from dataclasses import replace

from agent.languages.english_sentences import CLASSES, SENTENCES, SUGGESTIONS
from agent.languages.speech import Speech
from wording.english import ENGLISH


def _either(phrases: str) -> tuple[str, ...]:
    """Phrases between bars."""
    return tuple(phrase.strip() for phrase in phrases.split("|"))


WORDS = {
    "northern half": "northern half",
    "southern half": "southern half",
    "western half": "western half",
    "eastern half": "eastern half",
    "aoi": "area of interest",
    "appeared": "new",
    "vanished": "gone",
    "kept": "kept",
    "grown": "grown",
    "shrunk": "shrunk",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
    "increase": "increase",
    "decrease": "decrease",
}

_LEXICON = {
    # What things are called.
    "thing:building": (
        "building*|house*|home|homes|roof|roofs|rooftop*|structure|structures|dwelling*|hut|huts|"
        "shed|sheds|warehouse*|construction|constructions|villa|villas|apartment*|cabin*|barn|"
        "barns"
    ),
    "thing:tree": "tree|trees|palm|palms",
    "thing:vegetation": (
        "vegetation|forest*|wood|woods|woodland*|green|greenery|plants|crops|grass*|canopy|"
        "tree cover|forest cover|green cover|shrub*|jungle|rainforest*|meadow*|pasture*|mangrove*"
    ),
    "thing:water": (
        "water|lake*|flood*|river water|reservoir*|pond|ponds|inundat*|wetland*|open water|"
        "water surface|sea|water body|water bodies"
    ),
    "thing:burn": "burn|burnt|burned|burning|fire|fires|wildfire*|burn scar*|scorched|fire scar*",
    "thing:regrowth": "regrowth|regrown|recover*",
    "thing:built_up": (
        "built up|builtup|urban*|settlement*|sealed|impervious|developed land|urban sprawl|"
        "city growth|built up area|built up land|paved"
    ),
    "thing:backscatter": "backscatter|radar signal|radar return",
    "thing:index": "index",
    "thing:vehicle": "vehicle*|car|cars|truck*|lorry|lorries|van|vans",
    "thing:ship": "ship|ships|boat|boats|vessel*",
    "thing:aircraft": "aircraft|plane|planes|airplane*|aeroplane*",
    "thing:tank": "storage tank*|tank|tanks",
    "thing:container": "container|containers",
    "thing:road": "road surface*",
    "thing:field": "field|fields",
    "thing:any": (
        "any difference|any differences|change|changes|object|objects|thing|things|anything|"
        "something|everything|difference|differences|damage*|destruction|changed area|"
        "changed object*|changed area*|alteration*|stuff|spot|spots|changed patch*|patch|patches|"
        "changed ground|changed land|change area*"
    ),
    # What became of them.
    "state:appeared": (
        "gone up|went up|new|newly|appear|appeared|appearing|appears|built|added|constructed|"
        "erected|gained|came up|sprang up|emerged|additional|arrived|new ones|put up|created|"
        "popped up|develop|developed|brand new|newly built|has come|was gained|were gained|"
        "grew up|new built"
    ),
    "state:vanished": (
        "gone|vanish|vanished|vanishes|disappear*|lost|demolish*|removed|destroyed|torn down|"
        "missing|missing ones|lose|loss|losses|were removed|cleared|went missing|knocked down|"
        "razed|no longer there|pulled down|cut down|felled|logged|deforested|no longer stand|"
        "no longer exist|ceased to exist|got lost|was lost|were lost|has gone|were destroyed|"
        "went away|taken down|wiped out|not there anymore"
    ),
    "state:kept": (
        "kept|remain*|unchanged|stayed|persist*|still there|survived|same as before|"
        "stand at both dates|stood at both dates|at both dates|preserved|both dates|untouched|"
        "still standing|stable"
    ),
    "state:grown": (
        "expand|enlarge|extend|grown|grew|enlarged|expanded|extended|got bigger|got larger|"
        "became larger"
    ),
    "state:shrunk": "shrunk|shrank|shrunken|got smaller|became smaller|reduced in size",
    "state:moved": "moved|relocated|shifted place|changed place",
    "state:split": "split|split up|divided",
    "state:merged": "merged|joined together",
    "state:increase": "increase|increased|increases|gain|gains|rise|rose|growth|expansion|grow",
    "state:decrease": (
        "decrease|decreased|decreases|decline*|reduction|reduced|drop|dropped|fell|shrink|"
        "shrinking|recede*|retreat*|dried up|dry up|shrinkage|dwindle*"
    ),
    "state:changed": "changed|altered|modified|affected|different|damaged",
    "thing:vegetation+vanished": (
        "deforestation|deforested|forest loss|tree loss|logging|clearing|clear cut|clearcut|"
        "clear cutting|clearcuts"
    ),
    "thing:vegetation+appeared": "reforestation|afforestation|greening|reforested|greener",
    "thing:water+appeared": "flooding|flooded|inundated|inundation|flood",
    "thing:water+vanished": "drying|dried out|drought",
    # Where.
    "place:north-west": "north west|northwest|north western|northwestern|upper left|top left|nw",
    "place:north": (
        "north|northern third|upper part|in the top|top part|at the top|top of the image"
    ),
    "place:north-east": "north east|northeast|north eastern|northeastern|upper right|top right|ne",
    "place:west": "west|left side|on the left|western third|left part",
    "place:centre": "centre|center|middle|central|central part|centre part",
    "place:east": "east|right side|on the right|eastern third",
    "place:south-west": "south west|southwest|south western|southwestern|lower left|bottom left|sw",
    "place:south": (
        "south|southern third|lower part|at the bottom|in the bottom|bottom part|"
        "bottom of the image"
    ),
    "place:south-east": (
        "south east|southeast|south eastern|southeastern|lower right|bottom right|se"
    ),
    "place:northern half": (
        "northern half|north half|northern part|northern|upper half|top half|northern side"
    ),
    "place:southern half": (
        "southern half|south half|southern part|southern|lower half|bottom half|southern side"
    ),
    "place:western half": "western half|west half|western part|western|left half|western side",
    "place:eastern half": "eastern half|east half|eastern part|eastern|right half|eastern side",
    "place:aoi": (
        "in the area|of the area|whole area|entire area|total area|area of interest|study area|"
        "overall|in total|everywhere|aoi|in the aoi|the scene|whole scene|entire scene|"
        "in the image|in the images|altogether|in this area|of this area|in the picture|"
        "the entire aoi|whole aoi|of the aoi|in the scene|all over|the whole place|here|"
        "of the assessed area|of the scene|of the image"
    ),
    # When.
    "date:pre": (
        "before|earlier|at the earlier date|in the first image|previously|used to|pre|originally|"
        "initially|back then|first image|earlier image|earlier date|first date|at the first date|"
        "at the start|at the beginning|in the earlier image|in the earlier scene|old image|"
        "in the old image|in the beginning|the older image|first scene|earlier scene"
    ),
    "date:post": (
        "after|later|now|today|currently|at the later date|in the second image|afterwards|post|"
        "present|second image|later image|later date|second date|at the second date|at the end|"
        "in the later image|in the later scene|new image|newer image|in the new image|nowadays|"
        "recent image|latest image|in the latest image|second scene|later scene|by now"
    ),
    # What is wanted.
    "ask:count": (
        "no of|nr of|nos of|numer of|how may|how many of my|how many|number of|count of|"
        "total number|amount of|how often|quantity of|numbers of|tally of|the number|how numerous"
    ),
    "ask:howmuch": "how much|to what extent|what amount",
    "ask:area": (
        "floor space|floor area|built over area|how much area|how much land|how much ground|"
        "how much surface|area|areas covered|size of|how large|how big|extent|footprint|surface|"
        "surface area|how extensive|area of|total area of|areal extent|how many hectares|"
        "how many ha|how many km2|how many m2|how many square kilometre*|"
        "how many square kilometer*|how many square metre*|how many square meter*|how many acres|"
        "acreage|hectarage|how wide an area|what area|area covered|the area|covered area|"
        "the size|total area|area in total|sum of areas|how large an area|how big an area"
    ),
    "ask:share": (
        "share|percent|percentage|percent*|proportion|fraction|how much of|what part of|portion|"
        "what share|per cent|ratio of changed|how many percent|% of|what %|%"
    ),
    "of:change": (
        "of the change|of all change|of all changes|of the changes|of the changed area|"
        "of the total change|of what changed|of change|of the damage"
    ),
    "of:objects": "of all|of the buildings|of the objects|of all buildings|of all objects|of them",
    "ask:density": (
        "density|densities|dense|densely|denser|per square kilomet*|per km2|per sq km|"
        "per square km|how crowded"
    ),
    "ask:length": (
        "how long|length|lengths|kilometres of|kilometers of|metres of|total length|"
        "how many kilometres of|how many kilometers of|how many metres of"
    ),
    "ask:average": (
        "average|mean|typical|on average|average size|mean size|typical size|average area|"
        "mean area|typically"
    ),
    "ask:median": "median|median size|median area",
    "ask:yesno": (
        "is there|are there|was there|were there|did|has|have|does|is|are|was|were|any|do|"
        "can you see|could you find|do you see|has there been|have there been|is something|"
        "did you find|did anything|is anything"
    ),
    "ask:compare_dates": (
        "loss vs gain|gain vs loss|losses and gains|gains and losses|loss and gain|gain and loss|"
        "gains vs losses|how did the area|how did the built area|how has the number|"
        "how has the area|how did the amount|how has the amount|before and after|before vs after|"
        "before versus after|then and now|net change|net|increase or decrease|more or fewer|"
        "more or less|grow or shrink|compared to before|compared with before|"
        "difference between the dates|balance|increase or decline|gain or loss|on balance|"
        "both dates side by side|compare the dates|compare both dates|more now than before|"
        "fewer now than before|more than before|fewer than before|less than before|at each date|"
        "at either date|pre and post|pre vs post|before after|earlier and later|grew or shrank|"
        "how did the number|by how many percent|by what percentage|percent change|"
        "percentage change|net gain|net loss|rise or fall|more or fewer than before|"
        "in comparison to before|relative to before|earlier vs later|now versus then|now vs then|"
        "then vs now|after vs before|after compared to before"
    ),
    "ask:compare_places": (
        "compare|compared to|compared with|versus|vs|than|difference between|comparison|"
        "in comparison to|against|or in|contrast|in contrast to|rather than"
    ),
    "ask:rank": (
        "which part|which parts|which district*|which quarter|which sector*|which side|"
        "which half|which region*|hotspot*|hot spot*|most affected|least affected|rank|ranking|"
        "which corner|which areas|which area|which place*|which zone*|by part|by district|"
        "per district|per part|by area|order the|rank the|rank them|what part|sort the|"
        "most changes|fewest changes|which of the|worst hit|hardest hit|most change|least change|"
        "changed most|changed least|changed the most|changed the least|which neighbourhood*|"
        "which neighborhood*|in which part|in which area|in which district|what district|"
        "which one of the areas|which quadrant|concentrat*"
    ),
    "rank:most": (
        "hit hardest|hit the hardest|hardest|most|the most|highest|highest number|more than any|"
        "top|greatest number"
    ),
    "rank:strong": (
        "hit hardest|hit the hardest|rank|ranking|rank the|rank them|order the|sort the|hotspot*|"
        "hot spot*|most affected|worst hit|hardest hit|by district|per district|by part|per part|"
        "by area"
    ),
    "rank:least": (
        "least|fewest|lowest|least affected|fewest changes|smallest change|least change|"
        "changed least|changed the least|lowest number"
    ),
    "rank:halves": "which half|by half|halves|half",
    "rank:areas": "which areas|which area|which of the areas|which drawn area|areas|my areas",
    "ask:where": (
        "where|location|located|whereabouts|in which direction|position|show me|on the map|"
        "coordinates|coordinate|which direction|lie|find it|locate|centre of change|"
        "center of change|spatial distribution|distributed|bounding box|where exactly|"
        "where is it|where are they|whats the location"
    ),
    "ask:where_most": "where is most|where are most|where did most|mostly|most of it",
    "ask:largest": (
        "largest|biggest|greatest|largest ones|biggest ones|most extensive|huge*|biggest change|"
        "largest change|main change"
    ),
    "ask:smallest": "smallest|tiniest|littlest",
    "ask:top": "top",
    "ask:list": "list|show|name|give me|enumerate",
    "relation:near": (
        "near|close to|next to|around|along|beside|in the vicinity of|nearby|by the|near to|"
        "from the|not far from|away from|alongside|close by|in the neighbourhood of|"
        "in the neighborhood of|adjacent to|bordering"
    ),
    "relation:touches": "touch*|intersect*|crossing|cross|overlap*|on the",
    "relation:within": "within|inside|in the|in",
    "relation:outside": "outside|outside of|not in|not within|beyond",
    "ask:nearest": "nearest|closest|how far|distance|how close|how near",
    "ask:touched": (
        "how many of my|which of my|with change|with changes|that changed|have changed|"
        "contain change|contain changes|were hit|are affected|were affected|affected by|"
        "have changes|were touched|are touched|contain|contains|containing|touched by change|"
        "show change|show changes|hold|saw change|saw changes"
    ),
    "ask:transitions": (
        "change to|changed to|turned to|converted to|converted into|transformed into|"
        "changed to what|changed into|into what|turned into|what became of|transition*|"
        "what happened to|by class|by type|by kind|kinds of change|kind of change|"
        "types of change|type of change|breakdown|break down|what kind|what type|what kinds|"
        "what types|change to what|what did _ become|from what to what|became what|become|"
        "classes of change|each class|all classes|all states|by state|per class|"
        "what has it changed to|what have they changed to|land cover change*|which classes|"
        "what classes|transition table|table of|category|categories|turn into"
    ),
    "ask:explain": (
        "how do you know|source|how was _ measured|how was _ computed|how was _ calculated|"
        "how is _ measured|how is _ calculated|evidence|prove|proof|explain|based on what|"
        "where does _ come from|where did _ come from|how did you get|provenance|"
        "how did you measure|how did you count|how did you calculate|show your work|"
        "why do you think|why do you say|how come you|says who|what is _ based on|how have you|"
        "where do you get|how did you find|how did you arrive|which inputs"
    ),
    "ask:sure": (
        "how sure|how certain|confiden*|reliab*|trust|accura*|uncertain*|caution*|caveat*|"
        "limitation*|are you sure|error|errors|can i rely|rely on|how good|mistake*|wrong|"
        "are you certain|quality|false alarm*|correct|how exact|how precise|precis*|"
        "what should i be careful|careful|warning*|margin of error|be wrong|doubt*|problems"
    ),
    "ask:excluded": (
        "without data|part of the image is missing|image is missing|parts are missing|"
        "ground is missing|imagery is missing|left out|leave out|excluded|exclusion*|"
        "not assessed|cloud*|no data|nodata|ignored|gaps|gap|could not be|not be assessed|"
        "missing data|hidden|masked|not covered|not looked at|omitted|skipped|disregarded|"
        "not analysed|not analyzed|data gaps|not observed|unobserved|not evaluated|left aside|"
        "blind spot*|everything covered|fully covered|completely covered|all covered|"
        "complete coverage|coverage"
    ),
    "ask:aligned": (
        "align*|misalign*|registered|registration|residual shift|pixel shift|shift|offset|"
        "co registered|coregistered|match each other|lie on each other|exactly on top|displaced|"
        "displacement|line up|fit together|georeferenc*|shifted"
    ),
    "ask:method": (
        "how was the count made|how was it made|how was this made|how was the comparison made|"
        "how was the result made|how were these made|which method|what method|detector|algorithm|"
        "threshold|minimum size|how small|how was this done|how does it work|settings|counter|"
        "how does this work|method|minimum mapping|mapping unit|mmu|smallest mapped|"
        "smallest thing|smallest object you|technique|how was it detected|how were _ detected|"
        "how was the change detected|smallest change you|which model|what model|parameters|"
        "how did you detect|smallest detectable|minimum area|how were they found|"
        "how are changes found"
    ),
    "ask:pair": (
        "date of|what is the date|acquisition date|on what date|on which date|what dates|"
        "which dates|when were|when was|which images|what images|which scenes|what scenes|"
        "resolution|pixel size|ground size|gsd|how large is the area|how big is the area|"
        "time span|which years|what years|acquired|acquisition|what period|which period|how old|"
        "when are the|the dates|image dates|how large is the aoi|how big is the aoi|"
        "how large is the study area|size of the area|size of the aoi|area of the aoi|"
        "how large is the area of interest|how big is the area of interest|"
        "size of the study area|size of the area of interest|how big is the study area|"
        "about the images|about the scenes|how large is the scene|what time|time between|"
        "capture*|taken|how fine|how detailed are|satellite|valid area|how much was assessed|"
        "how much could be assessed|images are these|how large is this area|how big is this area|"
        "which two images|how much area was assessed|how large an area was assessed|"
        "how much of the area was assessed"
    ),
    "ask:results": (
        "which results|what results|list results|list the results|list all results|"
        "which analyses|available results|what has been run|which runs|what runs|"
        "results are there|results do you have|results are available|what can you see|my results|"
        "what has been computed|what has been analysed|which comparisons|which counts|"
        "show results|show the results|show me the results|what data do you have|"
        "what have you got|list analyses|what analyses"
    ),
    "ask:places": (
        "which places|what places|list places|list the places|which layers|what layers|"
        "list layers|list the layers|which areas can|what areas can|what areas are|"
        "which areas are there|places can i|layers are|which regions can|what regions can|"
        "places do you know|areas do you know|layers do you|my layers|places are there|"
        "regions are there|districts are there|list my areas|what areas do|which areas do|"
        "which districts do you|places are known|list the areas|list the districts"
    ),
    "ask:caption": (
        "describe|description|summar*|caption|overview|tell me about|what changed|"
        "what has changed|what happened|in short|in brief|main findings|key findings|"
        "what is different|whats different|what differs|whats new|what is new|whats going on|"
        "what do you see|tell me what|the gist|what are the changes|what is the change|"
        "what are the differences|findings|what did change|what is the difference|"
        "whats the difference|whats changed|what all changed|tell me everything|sum up|"
        "what can you tell me|whats happened|brief me|what is going on|recap"
    ),
    "ask:paragraph": "paragraph|in detail|detailed|long|longer|full description|at length",
    "ask:report": (
        "report|document|write up|writeup|docx|word file|word document|html|pdf|dossier|"
        "write a report|make a report|word report|export"
    ),
    "format:docx": "word|docx|doc|word file|word document|word report",
    "format:html": "html|web page|webpage|pdf|browser",
    "style:short": "short|brief|one page|short report|brief report|concise",
    "ask:work": (
        "start a count of|run a count of|start a count|run a count|start counting|do a count|run|"
        "start|rerun|redo|launch|analyse|analyze|carry out|perform|begin|execute|detect changes|"
        "detect change|can you run|again with|please run|do a|re run|kick off|run a|start a|"
        "compute"
    ),
    "work:compare": (
        "comparison|compare the images|compare the scenes|change detection|detect changes|"
        "detect change|compare the two images|compare both images|compare again|detection|"
        "change analysis|compare the two scenes|compare these images|compare the pair"
    ),
    "work:count": (
        "start a count of|run a count of|start a count|run a count|start counting|do a count|"
        "count|recount|counting|count all|count again|count the|count up|tally|object count|"
        "objects count"
    ),
    "work:segment": (
        "segment*|outline|outlines|delineat*|trace|segmentation|outlining|digitise|digitize"
    ),
    "method:cva": "cva|change vector|change vector analysis",
    "method:irmad": "irmad|ir mad|mad|iteratively reweighted",
    "method:index_difference": "index difference|ndvi|spectral index|spectral indices",
    "method:log_ratio": "log ratio|logratio|radar ratio",
    "method:structure": (
        "structure detector|structural detector|method structure|with structure|using structure"
    ),
    "ask:check": (
        "how far is it|how far is the job|how far is the count|how far is the work|is it done|"
        "how far are you|progress|finished|is it ready|job status|done yet|ready yet|"
        "are you done|status|still running|is the job|how long will|has it finished|"
        "how is it going|is the count done|is it finished|when will it be|how far along|"
        "how far has"
    ),
    "ask:cancel": (
        "stop|stop it|cancel|abort|halt|cancel it|stop that|kill it|interrupt|terminate|"
        "stop the job|cancel the job"
    ),
    "ask:yes": (
        "yes|do it|go ahead|okay|ok|yes please|please do|start it|sure|yep|yeah|yes do it|"
        "go for it|confirm|confirmed|please start|do so|run it|fine|begin it|of course|proceed"
    ),
    "ask:no": (
        "no|no thanks|never mind|nevermind|dont|do not|leave it|nope|rather not|dont do it|"
        "no dont"
    ),
    "ask:appearance": (
        "look like|looks like|look now|appearance|colour|color|what does _ look|how does _ look|"
        "how do _ look|visually|shape of|material|what do they look|look at the image"
    ),
    "calc:sum": "sum of|sum|add|together|plus|combined|add up|added up|in sum|taken together",
    "calc:ratio": "ratio|ratio of|divided by|ratio between|times as many|times more|quotient",
    "calc:difference": "minus|subtract|less the|difference of",
    # What cannot be told.
    "no:cause": (
        "who|by whom|why|cause|causes|caused|reason|reasons|because of|what led|who did|"
        "responsible|driver|drivers|how come|on purpose|deliberate*|purpose|whose fault|blame|"
        "due to|trigger*|explanation for|what is behind|behind it|motive*|natural or|man made|"
        "illegal*|legal*|permit|permitted|allowed to"
    ),
    "no:not_observable": (
        "people|person|persons|inhabitant*|population|resident*|families|family|money|cost|costs|"
        "price*|market value|property value*|worth|dollar*|euro|euros|economic|income|rent|rents|"
        "carbon|co2|emission*|biomass|depth|volume|cubic|height|tall|taller|tallest|storey*|"
        "stories|floors|temperature|owner*|owns|who lives|lives|live here|live there|live in|"
        "species|animal*|deaths|casualt*|victim*|injured|killed|died|traffic|speed|noise|"
        "air quality|pollution|tons|tonnes|yield|harvest|profit|crime|health|jobs|employment|"
        "age of|weigh*|smell|insurance|happy|occupied|households|tax|taxes|litre*|liter*|gallon*|"
        "energy|voltage|poor|rich|poverty|wealth*|humidity|rainfall|rain|wind|soil moisture|"
        "nutrient*|toxic*|how expensive|expensive|affordable|kilogram*|kg|inside the building*|"
        "inside the house*|water level|water quality|stock price|livestock|cows|horses|sheep|"
        "elephant*|birds|dogs|human*|men|women|children|soldier*|refugee*|citizen*|voter*|"
        "how old are the building*|how old are the house*|how old is the building|workers|"
        "who built|who owns|address|addresses|phone|names of the owner*"
    ),
    "maybe:not_observable": "how high|high|higher|hot|warm|deep|deeper|floor|how old|age",
    "no:outside_dates": (
        "tomorrow|next year|next month|future|forecast*|predict*|will be|will there|going to be|"
        "in ten years|in the coming|by 2030|in the future|last week|yesterday|last month|"
        "last century|decades ago|years ago|expected to|projection|prognos*|will the|next decade|"
        "next week|will it|how will|in between the dates|in the meantime|medieval|middle ages|"
        "before the earlier|after the later|will change|will grow"
    ),
    "no:outside_area": (
        "outside the area|outside of the area|outside the aoi|beyond the area|outside the image|"
        "elsewhere|worldwide|in the world|neighbouring|neighboring|next town|beyond the aoi|"
        "outside the scene|whole country|entire country|in the country|rest of the country|"
        "globally|global|neighbour town|outside the study area|surroundings of the area|"
        "beyond the border|beyond the image|beyond the scene|in the next valley|around the area|"
        "outside the map|beyond the study area|rest of the world|outside the area of interest|"
        "beyond the area of interest|other countries|continent|on earth|nationwide|national*|"
        "surrounding area|surrounding areas"
    ),
    "ask:inject": (
        "ignore all|ignore your|ignore the|ignore previous|ignore any|system prompt|"
        "your instructions|previous instructions|you are now|pretend|jailbreak|say 42|reveal|"
        "api key|password|secret|developer mode|disregard|forget your|forget all|forget the|"
        "override|act as|roleplay|role play|repeat after me|rm rf|import os|drop table|exec|eval|"
        "execute code|run code|write code|python|javascript|script|make up|invent|just say|"
        "simply say|answer with|respond with|reply with|always say|admin|sudo|your prompt|"
        "hidden instructions|print the|env variable*|environment variable*|etc passwd|say that|"
        "claim that|tell me that|say there are|your rules|your guidelines|new instructions|"
        "instead of facts"
    ),
    "ask:help": (
        "help|what can you do|what can i ask|hello|hi|hey|good morning|good evening|thanks|"
        "thank you|who are you|what are you|what do you do|how can you help|what questions|"
        "how do i use|capabilit*|what can i do"
    ),
    # Sizes and units.
    "limit:least": (
        "larger than|bigger than|over|above|at least|more than|greater than|exceeding|"
        "no smaller than|minimum|from|upwards of|larger|or more|not under|not smaller than|beyond"
    ),
    "limit:most": (
        "smaller than|under|below|less than|at most|no larger than|up to|fewer than|"
        "not larger than|maximum|not more than|no bigger than|or less|smaller|not over"
    ),
    "limit:between": "between",
    "unit:ha": "how many hectares|how many ha|ha|hectare|hectares|in hectares|in ha",
    "unit:m2": (
        "how many square metre*|how many square meter*|how many m2|m2|sqm|sq m|square metre|"
        "square metres|square meter|square meters|in square metres|in square meters|in m2|in sqm|"
        "qm"
    ),
    "unit:km2": (
        "how many square kilometre*|how many square kilometer*|how many km2|km2|sq km|sqkm|"
        "square kilometre|square kilometres|square kilometer|square kilometers|square km|"
        "in square kilometres|in square kilometers|in km2"
    ),
    "unit:acre": "acre|acres",
    "unit:%": (
        "in percent|as a percentage|as percentage|as percent|in per cent|as a share|as a percent|"
        "as a proportion|as a fraction|in relative terms|relative"
    ),
    "unit:m": "m|metre|metres|meter|meters|in metres|in meters",
    "unit:km": "km|kilometre|kilometres|kilometer|kilometers|in kilometres|in kilometers|in km",
    "unit:foot": "ft|foot|feet",
    "unit:mile": "mile|miles",
    # Layers by what they usually hold.
    "layer:river": "river*|stream*|creek*|brook*|waterway*|canal*|riverbank*|watercourse*",
    "layer:road": "road*|street*|highway*|motorway*|route*|path|paths|track|tracks",
    "layer:railway": "rail|rails|railway*|railroad*|train line*|tramway*",
    "layer:district": (
        "district*|quarter|quarters|neighbourhood*|neighborhood*|ward|wards|municipalit*|"
        "borough*|commune*|suburb*|administrative unit*"
    ),
    "layer:parcel": "parcel*|plot|plots|lot|lots|cadast*|propert*",
    "layer:coast": "coast*|shore*|shoreline*|coastline*|beach*",
    "layer:zone": "zone|zones|flood zone*|hazard zone*|protected area*|reserve*|conservation area*",
    "layer:pipeline": "pipeline*|power line*|powerline*|pipe|pipes",
    "layer:school": "school*",
    "layer:any": "layer*|polygon*|my layer*|features",
    # Words that lean on the question before.
    "follow:and": "and|what about|how about|also|what of|then|or|and what about|and how about|but",
    "follow:same": (
        "same|the same|same for|same question|likewise|ditto|same thing|again for|do the same|"
        "as well|same in|same there"
    ),
    "follow:those": (
        "those|these|them|they|it|that|ones|their|its|this|the first|which ones|that one|"
        "this one|the latter|that number|this number|that figure|the former|of those|of these"
    ),
    "follow:second": (
        "and how many|and how much|and where|and which|and what|and how large|and how big|and is|"
        "and are|and did"
    ),
    "follow:instead": "instead|rather|only|just|but only|i meant|i mean",
}  # fmt: skip

_FILLERS = """
rest saw sees see seeing shows hi hey hello remaining somewhere anywhere nearby corner hand
a an the of in on at to for by with from is are was were be been being do does did has have
had can could would should will shall may might please me my i you your we us our it its this
that these those there here and or but so then than as if not no any some all each every both
which what who whom whose when how much many more most less least very really just only also
too still already yet between during since until over under up down out into onto off about
tell show give find get see let lets know want need like look think say says said make made
list many exactly roughly approximately total overall question answer please kindly maybe
perhaps actually quickly them they their one ones s t re ll ve d am whats hows wheres id im
thats dont didnt isnt arent wasnt werent there s place places part parts side area region zone
image images picture scene scenes map date dates year years time period two other another same
such what if case per using use used according along across while because been come came go
went going got happen happened happening occur occurred took take taken exist existed exists
stand stands stood found detected detect observed seen measured noticed visible recorded
identified spotted lie lies lay present currently right well ok okay again first last now well
big large small high low good bad ever even actually compute calculate estimate value number
figure result results answer data info information figures numbers covered cover covers
covering much there become became turned turn remained in-between bit lot lots plenty kind
kinds sort type half halves percent main whole entire complete it's affected land ground
terrain ask asking asked wonder wondering curious able idea guess count counted
"""
_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ARTICLES = "the a an my our this that"
_PLACE_CUES = "in near within inside around at for from outside along"
NUMBERS = {word: value for value, word in enumerate(_NUMBERS.split())} | {
    "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "thousand": 1000,
}  # fmt: skip
ORDINALS = {word: value for value, word in enumerate(_ORDINALS.split(), start=1)} | {
    "2nd": 2, "3rd": 3, "4th": 4, "5th": 5,
}  # fmt: skip

SPEECH = Speech(
    tag="en",
    name="English",
    language=replace(ENGLISH, words={**ENGLISH.words, **WORDS}),
    lexicon={concept: _either(phrases) for concept, phrases in _LEXICON.items()},
    fillers=frozenset(_FILLERS.split()),
    place_cues=frozenset(_PLACE_CUES.split()),
    articles=frozenset(_ARTICLES.split()),
    numbers=NUMBERS,
    ordinals=ORDINALS,
    classes=CLASSES,
    sentences=SENTENCES,
    suggestions=SUGGESTIONS,
)
