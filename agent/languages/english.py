"""English: what people ask and how they are answered.

Words only; which tool answers what is known to the planner. Sentences stand in
`english_sentences.py`, captions in `wording/english.py`.
"""

from dataclasses import replace

from agent.languages.english_sentences import CLASSES, SENTENCES, SUGGESTIONS
from agent.languages.speech import Grammar, Speech
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
        "shed|sheds|warehouse*|villa|villas|apartment*|cabin*|barn|barns|bldg*|housing|"
        "building stock|housing stock|constructions|built structure*|bungalow*|cottage*|garage*|"
        "skyscraper*|tower block*|mansion*|office block*|residence*|residential building*|hangar*|"
        "edifice*|outbuilding*|accommodation"
    ),
    "thing:building+appeared": (
        "new build|new builds|newbuild*|construction|construction activity|construction work|"
        "new construction|new constructions|building activity|new development|new developments|"
        "house building|housebuilding|new home construction|building work"
    ),
    "thing:building+vanished": (
        "demolition*|building loss*|teardown*|tear down|house loss*|demolition work"
    ),
    "thing:tree": "tree|trees|palm|palms",
    "thing:vegetation": (
        "vegetation|forest*|wood|woods|woodland*|green|greenery|plants|crops|grass*|canopy|"
        "tree cover|forest cover|green cover|shrub*|jungle|rainforest*|meadow*|pasture*|mangrove*|"
        "plant cover|green space|green spaces|green land|plant life|foliage|hedge*|orchard*|"
        "vegetated|bush|bushes|veg"
    ),
    "thing:water": (
        "water|lake*|flood*|river water|reservoir*|pond|ponds|inundat*|wetland*|open water|"
        "water surface|sea|water body|water bodies"
    ),
    "thing:burn": "burn|burnt|burned|burning|fire|fires|wildfire*|burn scar*|scorched|fire scar*",
    "thing:regrowth": (
        "regrowth|regrown|regrow*|regrew|grown back|grew back|grow back|recovery|recovered|"
        "recovering|came back|bounced back"
    ),
    "thing:built_up": (
        "built up|builtup|urban*|settlement*|sealed|impervious|developed land|urban sprawl|"
        "city growth|paved|development"
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
        "changed ground|changed land|change area*|nothing|no change|no changes|separate change*|"
        "modification*|disturbance*|any difference between the dates|"
        "any difference between the two dates|any difference between the images|"
        "any differences between the dates|any differences between the images|"
        "any change between the dates|changed spot*|change patch*|impact*"
    ),
    "piece:any": (
        "patch|patches|spot|spots|object|objects|piece|pieces|thing|things|single ones|"
        "individual ones|separate ones|polygons"
    ),
    "quant:lot": "a lot|lots of|a lot of|alot|lots|a whole lot|quite a lot",
    # What became of them.
    "state:appeared": (
        "new|newly|appear|appeared|appearing|appears|built|added|constructed|erected|gained|"
        "came up|sprang up|emerged|additional|arrived|new ones|put up|created|popped up|develop|"
        "developed|brand new|newly built|has come|was gained|were gained|grew up|new built|erect|"
        "build|construct|constructing|construct*|spring up|sprung up|new since|added since|"
        "were built|was built|recently built|come up|risen|raised|set up|established|"
        "newly erected|newly appeared|newly constructed|up since|fresh|pop up|showed up|show up|"
        "went up|gone up|has gone up|have gone up|not there before|were not there|was not there|"
        "werent there|wasnt there|not present before|did not exist before|didnt exist before|"
        "not there yet|on top|came on top|in addition|sprouted|sprout*|shot up|springing up|"
        "popping up|turned up"
    ),
    "state:vanished": (
        "gone|vanish|vanished|vanishes|disappear*|lost|demolish*|removed|destroyed|torn down|"
        "missing|missing ones|lose|loss|losses|were removed|cleared|went missing|knocked down|"
        "razed|no longer there|pulled down|cut down|felled|logged|deforested|no longer stand|"
        "no longer exist|ceased to exist|got lost|was lost|were lost|has gone|were destroyed|"
        "went away|taken down|wiped out|not there anymore|demolish|bulldozed|flattened|levelled|"
        "leveled|dismantled|eliminated|knock down|pull down|tear down|wrecked|destroy|destroys|"
        "destroying|remove|vanishing|no longer standing|no longer exists|are gone|is gone|"
        "gone missing|cleared away|disappeared|losing|dying|perish*|collapsed|collapse|"
        "obliterated|were taken away|did not make it|didnt make it|not there any more|"
        "not there now|no longer present|did not survive|didnt survive|havent survived|"
        "not survive|made way|bit the dust|disappearing|wiped off|cleared off|taken away|"
        "swallowed|brought down"
    ),
    "state:kept": (
        "kept|remain*|unchanged|stayed|persist*|still there|survived|same as before|"
        "stand at both dates|stood at both dates|at both dates|preserved|untouched|still standing|"
        "stable|survive|survives|surviving|outlast*|endure|endured|intact|did not change|"
        "not changed|has not changed|have not changed|not demolished|not destroyed|not removed|"
        "did not vanish|didnt change|hasnt changed|havent changed|didnt vanish|stayed the same|"
        "remained the same|left standing|are left|is left|left over|still stand|still stands|"
        "standing at both dates|undamaged|spared|no change in|were not demolished|"
        "were not destroyed|unaltered|unaffected|not altered|not affected|still exist|"
        "still exists|in both images|in both pictures|present in both|present at both dates|"
        "on both dates|retained|left intact|remained standing|survival|survivors|survivor"
    ),
    "state:grown": (
        "expand|enlarge|extend|grown|grew|enlarged|expanded|extended|got bigger|got larger|"
        "became larger|enlargement*|were extended|extension*|got extended|grown in size|"
        "increased in size|grew in size|bigger than before|larger than before|get larger|"
        "get bigger|become larger|become bigger|getting bigger|getting larger|gotten bigger|"
        "gotten larger|become more extensive"
    ),
    "state:shrunk": (
        "shrunk|shrank|shrunken|got smaller|became smaller|reduced in size|gotten smaller|"
        "smaller than before|decreased in size|lost size|get smaller|become smaller|"
        "getting smaller"
    ),
    "state:moved": "moved|relocated|shifted place|changed place|move",
    "state:split": "split|split up|divided|split into",
    "state:merged": "merged|joined together|merge|fused|joined",
    "state:increase": (
        "increase|increased|increases|gain|gains|rise|rose|growth|expansion|grow|growing|rising|"
        "go up|expanding|increasing|won back|regained|recouped|added back"
    ),
    "state:decrease": (
        "decrease|decreased|decreases|decline*|reduction|reduced|drop|dropped|fell|shrink|"
        "shrinking|recede*|retreat*|dried up|dry up|shrinkage|dwindle*|falling|go down|gone down|"
        "went down|declining|decreasing|dwindling|lessen*"
    ),
    "state:changed": (
        "changed|altered|modified|affected|different|damaged|alter|transform|transformed|struck|"
        "impacted"
    ),
    "thing:vegetation+vanished": (
        "deforestation|deforested|forest loss|tree loss|logging|clearing|clear cut|clearcut|"
        "clear cutting|clearcuts|vegetation loss*|plant loss|die back|dieback|loss of vegetation|"
        "loss of green|tree felling|cleared land|dying vegetation|defoliat*"
    ),
    "thing:vegetation+appeared": (
        "reforestation|afforestation|greening|reforested|greener|vegetation gain*|re greening|"
        "revegetation|plant growth|vegetation growth|regreening|replant*|gain in vegetation"
    ),
    "thing:water+appeared": "flooding|flooded|inundated|inundation|flood",
    "thing:water+vanished": "drying|dried out|drought",
    # Where.
    "place:north-west": "north west|northwest|north western|northwestern|upper left|top left|nw",
    "place:north": (
        "north|northern third|upper part|in the top|top part|at the top|top of the image|"
        "northwards|northern edge|northern end"
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
        "of the assessed area|of the scene|of the image|whole region|entire region|"
        "area as a whole|whole map|whole study area|entire study area|whole site|across the area|"
        "across the whole area|across the scene|the whole scene|throughout|across the study area|"
        "across the whole study area|in this scene|in this image|anywhere"
    ),
    # When.
    "date:pre": (
        "before|earlier|at the earlier date|in the first image|previously|used to|pre|originally|"
        "initially|back then|first image|earlier image|earlier date|first date|at the first date|"
        "at the start|at the beginning|in the earlier image|in the earlier scene|old image|"
        "in the old image|in the beginning|the older image|first scene|earlier scene|original|"
        "former|at first|in the past|on the first date|on the earlier date|first picture|"
        "first photo|earlier picture|earlier photo|old picture|before image|before picture|"
        "pre image|the before|prior|in the first picture|formerly|at the outset|initial|pre event|"
        "before the event|prior to the event|at the time of the first image|on the first image|"
        "on the earlier image|<first> <image>|<at> <first> <image>|on the earlier one|t1|at t1|"
        "time one|as it was before|first year|earlier year|in the first year"
    ),
    "date:post": (
        "after|later|now|today|currently|at the later date|in the second image|afterwards|post|"
        "present|second image|later image|later date|second date|at the second date|at the end|"
        "in the later image|in the later scene|new image|newer image|in the new image|nowadays|"
        "recent image|latest image|in the latest image|second scene|later scene|by now|current|"
        "at present|on the second date|on the later date|second picture|second photo|"
        "later picture|later photo|new picture|after image|after picture|post image|these days|"
        "at the moment|as of today|right now|last date|last image|most recent image|post event|"
        "after the event|present day|in the second picture|existing|on the second image|"
        "on the later image|latest|t2|<second> <image>|<at> <second> <image>|on the later one|"
        "at t2|time two|second year|later year|in the second year"
    ),
    "span:both": (
        "between the acquisitions|between the two acquisitions|between the dates|"
        "between the two dates|between both dates|between the images|between the two images|"
        "between both images|between the scenes|between the two scenes|between pre and post|"
        "over time|over the period|over this period|over that period|during the period|"
        "during this period|in the period|since the first date|since the first image|"
        "since the earlier date|since the earlier image|since then|"
        "from the first to the second image|from the first to the second date|from pre to post|"
        "from the earlier to the later date|over the year|over the years|in the year between|"
        "between the two pictures|between the pictures|between the photos|"
        "from one date to the other|from one image to the other|between t1 and t2|meanwhile|"
        "than a year ago|a year ago|on the second date compared to the first|since last time|"
        "during that time|in that time|in the time between|since before|between <both> <image>|"
        "from <the> <first> to <the> <second> <image>|since the <first> <image>|over the <image>|"
        "from <first> to <second>|since the survey|between then and now|over that time|"
        "throughout the period|in the meantime between|from one <image> to the other|"
        "between <both> two <image>|in the time between <both> <image>"
    ),
    # What is wanted.
    "ask:count": (
        "no of|nr of|nos of|numer of|how may|how many of my|how many|number of|count of|"
        "total number|amount of|how often|quantity of|numbers of|tally of|the number|how numerous|"
        "num of|counts|the count|the total number|report number|report the number|report how many|"
        "report count|report the count|headcount|qty|how many individual|building count|"
        "house count|count for|quantity|nb of|number|building stock|housing stock|stock of|"
        "inventory of|object number|num|how manny|howmany"
    ),
    "ask:howmuch": (
        "how much|to what extent|what amount|how strongly|how heavily|to which extent|how badly|"
        "how severely|howmuch"
    ),
    "ask:area": (
        "floor space|floor area|built over area|how much area|how much land|how much ground|"
        "how much surface|area|areas covered|size of|how large|how big|extent|footprint|surface|"
        "surface area|how extensive|area of|total area of|areal extent|how many hectares|"
        "how many ha|how many km2|how many m2|how many square kilometre*|"
        "how many square kilometer*|how many square metre*|how many square meter*|how many acres|"
        "acreage|hectarage|how wide an area|what area|area covered|the area|covered area|the size|"
        "total area|area in total|sum of areas|how large an area|how big an area|"
        "built up footprint|footprints|sqm of|square metres of|square meters of|hectares of|"
        "total footprint|ground cover|ground covered|report the area|report area|surface covered|"
        "how many sqm|how many sq m|how much space|how much room|land area|roof area|land covered|"
        "land lost|space taken|amount of land|amount of ground|take up"
    ),
    "ask:share": (
        "share|percent|percentage|percent*|proportion|fraction|how much of|what part of|portion|"
        "what share|per cent|ratio of changed|how many percent|% of|what %|%|what fraction|"
        "what percentage|what proportion|what percent|pct|what portion|relative share|"
        "relative area|which share|which percentage|which proportion|percentage wise|"
        "how large a share|how big a share|relative amount|rate|rates|what rate|quota"
    ),
    "of:change": (
        "of the change|of all change|of all changes|of the changes|of the changed area|"
        "of the total change|of what changed|of change|of the damage"
    ),
    "of:objects": (
        "of all|of the buildings|of the objects|of all buildings|of all objects|of them|"
        "of our buildings|of the houses|of all houses|of the homes|of the original|"
        "of the structures|of my buildings|of the earlier|of the former|of existing"
    ),
    "of:valid": (
        "of the ground|of the land|of the area|of the scene|of the aoi|of the image|"
        "of the surface|of the territory|of the study area|of the total area|of the whole area|"
        "of the entire area|of the assessed area|of the assessed ground|of the terrain|covered by|"
        "covered with|built over|of the map|of all ground|of all land|of the area of interest|"
        "of the region|of the site|of the ground area|of the land area|take up|taken up by|"
        "occupied by|ground covered|land covered"
    ),
    "ask:density": (
        "density|densities|dense|densely|denser|per square kilomet*|per km2|per sq km|"
        "per square km|how crowded|dense built|denser built|densely built|per hectare|per ha|"
        "per acre|packed|most crowded|how tightly|sq km density|per km|each square kilometre|"
        "to the square kilometre|built up density|building density|how densely built"
    ),
    "ask:length": (
        "how long|length|lengths|total length|how many kilometres of|how many kilometers of|"
        "how many metres of"
    ),
    "ask:average": (
        "average|mean|typical|on average|average size|mean size|typical size|average area|"
        "mean area|typically|avg|average footprint|mean footprint|typical footprint|usual size|"
        "average building|in the mean|normal size|mean value"
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
        "before versus after|then and now|increase or decrease|more or fewer|more or less|"
        "grow or shrink|compared to before|compared with before|difference between the dates|"
        "increase or decline|gain or loss|both dates side by side|compare the dates|"
        "compare both dates|more now than before|fewer now than before|more than before|"
        "fewer than before|less than before|at each date|at either date|pre and post|pre vs post|"
        "before after|earlier and later|grew or shrank|how did the number|by how many percent|"
        "by what percentage|percent change|percentage change|rise or fall|"
        "more or fewer than before|in comparison to before|relative to before|earlier vs later|"
        "now versus then|now vs then|then vs now|after vs before|after compared to before|"
        "how has the count|how did the count|before and now|was and is|how does the number|"
        "change in number|change in the number|change in numbers|change in area|"
        "change in footprint|change in count|changed in number|"
        "difference between before and after|difference in number between|more buildings now|"
        "fewer buildings now|than there were|than there used to be|than in the past|"
        "higher than before|lower than before|from before to after|evolution|developed over time|"
        "how has _ developed|how did _ develop|how has _ evolved|how did _ evolve|"
        "how has _ changed in|number then and now|compare then and now|relative change|"
        "compare the two dates|compare pre and post|compare before and after|"
        "compare earlier and later|lower after|higher after|than a year ago|growth rate|"
        "rate of change|how has ... developed|how did ... develop|how have ... developed|"
        "how has ... evolved|how did ... evolve|than it was|than they were|than it used to be|"
        "than at the <first> <image>|how much bigger|by how much has|by how much have|"
        "by how much did|by how many ... increase*|by how many ... grow|by how many ... rise|"
        "by how many ... fall|how many more ... now|how many fewer ... now|how many more ... than|"
        "how many fewer ... than|both dates|for both dates|on each date|each date|for each date|"
        "how much of a rise|how much of a drop|how much of an increase|how much of a decrease|"
        "how big an increase|how big a rise"
    ),
    "ask:net": (
        "net|net change|balance|net gain|net loss|on balance|net growth|net effect|net difference|"
        "net result|net increase|net decrease|bottom line|balance sheet|overall balance|"
        "gained minus lost|gains minus losses|new minus lost|built minus demolished|"
        "gained less lost|gain minus loss|appeared minus vanished|overall change in number|"
        "plus or minus|surplus"
    ),
    "ask:compare_places": (
        "compare|compared to|compared with|versus|vs|than|difference between|comparison|"
        "in comparison to|against|or in|contrast|in contrast to|rather than|which saw more|"
        "which has more|which had more|which got more|which of the two|which of both|"
        "which of these two|which of those two|which one of the two|or the|than in|than the|"
        "relative to|side by side|stack up|measure up|contrasted|in relation to|differ between|"
        "differ|compare to"
    ),
    "ask:which_two": (
        "which of the two|which of both|which of these two|which of those two|"
        "which one of the two|which of them|which one is|which one has|which one had|"
        "which one got|which one was|which one saw|which is worse|which is higher|"
        "which is bigger of|which is more|of the two|of both|which one is worse|which has more|"
        "which had more|compare both|compare them|compare the two|compare those|compare these two|"
        "compare those two|difference between them|difference between the two|how do they compare|"
        "how do the two compare|whats the difference between them|which was worse"
    ),
    "ask:rank": (
        "which part|which parts|which district*|which quarter|which sector*|which side|which half|"
        "which region*|hotspot*|hot spot*|most affected|least affected|rank|ranking|which corner|"
        "which areas|which area|which place*|which zone*|by part|by district|per district|"
        "per part|by area|order the|rank the|rank them|what part|sort the|most changes|"
        "fewest changes|which of the|worst hit|hardest hit|most change|least change|changed most|"
        "changed least|changed the most|changed the least|which neighbourhood*|"
        "which neighborhood*|in which part|in which area|in which district|what district|"
        "which one of the areas|which quadrant|concentrat*|which parcel*|which plot*|which ward*|"
        "which borough*|which polygon*|which suburb*|which municipal*|what region*|what place*|"
        "what zone*|by zone|per zone|by parcel|per parcel|for each district|for each part|"
        "each district|each part|each area|for each area|where is the most|where was the most|"
        "top district*|topped|order by|sorted by|busiest|most active|least active|"
        "changed more than|quietest|best and worst|by quadrant|by sector|per sector|per quadrant|"
        "by ward|by neighbourhood|by neighborhood|by parts|spread over|spread across|"
        "distributed over|distributed across|over the districts|across the districts|"
        "among the districts|across districts|across the parcels|among the parcels|per half|"
        "for every|in each|in every|quarter with|district with|parcel with"
    ),
    "rank:most": (
        "hit hardest|hit the hardest|hardest|most|the most|highest|highest number|more than any|"
        "top|greatest number|the largest number|largest number|biggest number|largest share|"
        "highest count|the greatest|more than anywhere|busiest|most active|most of all|"
        "largest amount|strongest|the strongest|most heavily|most first|highest first|descending|"
        "biggest first"
    ),
    "rank:strong": (
        "hit hardest|hit the hardest|rank|ranking|rank the|rank them|order the|sort the|hotspot*|"
        "hot spot*|most affected|worst hit|hardest hit|by district|per district|by part|per part|"
        "by area|for each district|for each part|each district|each part|each area|for each area|"
        "by zone|per zone|by parcel|per parcel|busiest|most active|least active|sorted by|"
        "order by|quietest|by quadrant|by sector|per sector|per quadrant|by ward|by neighbourhood|"
        "by parts|spread over|spread across|distributed over|distributed across|"
        "over the districts|across the districts|among the districts|across districts|in each|"
        "in every|for every"
    ),
    "rank:least": (
        "least|fewest|lowest|least affected|fewest changes|least change|changed least|"
        "changed the least|lowest number|smallest number|fewer than any|the fewest|the least|"
        "least active|quietest|weakest|minimal number|least of all|least hit|fewest first|"
        "least first|lowest first|ascending|smallest first"
    ),
    "rank:halves": "which half|by half|halves|half",
    "rank:areas": "which areas|which area|which of the areas|which drawn area|areas|my areas",
    "by:number": (
        "by number|by count|in number|in numbers|in terms of number|in terms of numbers|"
        "by the number|numerically|number wise|instead of area|rather than area|"
        "instead of footprint|not area|by how many"
    ),
    "by:area": (
        "by area|by footprint|by size|by surface|in terms of area|in terms of footprint|"
        "by the area|area wise|by ground|instead of number|rather than number|instead of count|"
        "by extent|by land|by acreage|not number|by floor area|in area|in footprint|by hectares|"
        "by square metres|by covered area"
    ),
    "ask:where": (
        "where|location|located|whereabouts|in which direction|position|show me|on the map|"
        "coordinates|coordinate|which direction|locate|centre of change|center of change|"
        "spatial distribution|distributed|bounding box|where exactly|where is it|where are they|"
        "whats the location|what is the position|what part of the area is|positioned|situated|"
        "which spot|at what location|pinpoint|point to|point out|lat lon|latitude|longitude|"
        "lon lat|find it|show where|locations|where about|whereabout|in what direction|"
        "what _ direction|which _ direction|in what _ direction|in which _ direction|centroid|"
        "centroids"
    ),
    "ask:where_most": (
        "where is most|where are most|where did most|mostly|most of it|where was most|"
        "where were most|where has most|where is the bulk|where is the majority|the bulk of"
    ),
    "ask:largest": (
        "largest|biggest|greatest|largest ones|biggest ones|most extensive|huge*|biggest change|"
        "largest change|main change|largest one|biggest one|bigger one|maximum size|most sizeable|"
        "the bigger|bulkiest|vast*|the big ones|size ranking|single largest|single biggest|"
        "top by size|the largest|the biggest"
    ),
    "ask:smallest": (
        "smallest|tiniest|littlest|smallest change|smallest one|smallest ones|the smallest|"
        "tiniest one|least extensive|minutest|smallest by area|teeniest|teensiest"
    ),
    "ask:top": "top",
    "ask:list": "list|show|name|give me|enumerate",
    "ask:each": "list|list of|enumerate|itemise|itemize|list all|listing of",
    "relation:near": (
        "near|close to|next to|around|along|beside|in the vicinity of|nearby|by the|near to|"
        "from the|not far from|away from|alongside|close by|in the neighbourhood of|"
        "in the neighborhood of|adjacent to|bordering|closer than|nearer than|next door to|"
        "flanking|lining|within reach of|in the proximity of|proximity to"
    ),
    "relation:touches": (
        "touch*|intersect*|crossing|cross|overlap*|on the|right on|directly on|straddl*|sit on|"
        "sits on|lie on|lies on|on top of|touching"
    ),
    "relation:within": "within|inside|in the|in",
    "relation:outside": (
        "outside|outside of|not in|not within|beyond|not inside|not touching|off the|further than|"
        "farther than|more distant than|not near|far from|not close to"
    ),
    "relation:except": (
        "except|excluding|apart from|other than|but not in|without the|everywhere but|"
        "not counting|leaving out|without any|without new|without"
    ),
    "ask:nearest": "nearest|closest|how far|distance|how close|how near",
    "ask:touched": (
        "how many of my|which of my|with change|with changes|that changed|have changed|"
        "contain change|contain changes|were hit|are affected|were affected|affected by|"
        "have changes|were touched|are touched|contain|contains|containing|touched by change|"
        "show change|show changes|hold|saw change|saw changes|had change|had changes|saw any|"
        "have been hit|got hit|experienced|have been touched|touched by|hit by|have at least|"
        "with at least|have seen|containing change"
    ),
    "ask:transitions": (
        "change to|changed to|turned to|converted to|converted into|transformed into|"
        "changed to what|changed into|into what|turned into|what became of|transition*|"
        "what happened to|by class|by type|by kind|kinds of change|kind of change|types of change|"
        "type of change|breakdown|break down|what kind|what type|what kinds|what types|"
        "change to what|what did _ become|from what to what|became what|become|classes of change|"
        "each class|all classes|all states|by state|per class|what has it changed to|"
        "what have they changed to|land cover change*|which classes|what classes|transition table|"
        "table of|category|categories|turn into|what has become of|fate of|what happened with|"
        "how did _ fare|what has happened to|status of each|from which to which|split by|"
        "by category|per category|per type|per state"
    ),
    "ask:explain": (
        "how do you know|source|how was _ measured|how was _ computed|how was _ calculated|"
        "how is _ measured|how is _ calculated|evidence|prove|proof|explain|based on what|"
        "how did you get|provenance|how did you measure|how did you count|how did you calculate|"
        "show your work|why do you think|why do you say|how come you|says who|what is _ based on|"
        "how have you|where do you get|how did you find|how did you arrive|which inputs|"
        "how was _ obtained|how were _ obtained|how did you obtain|how was _ determined|"
        "how were _ determined|how did you determine|how was _ derived|how is _ derived|"
        "how did you come up with|how do you come up|how was _ worked out|how was that obtained|"
        "how is _ computed|how do you arrive|on what basis|on what grounds|whats that based on|"
        "what is that based on|where is _ from|where was _ from|justify|back that up|"
        "what makes you|can you prove|where did you get|how was _ found|how was _ established|"
        "how was _ arrived at|trace that|trace it|how come _ know|source of|wheres _ from|"
        "how were _ calculated|how were _ measured|derivation|how was _ counted|how did you reach|"
        "where does ... come from|where did ... come from|where do ... come from"
    ),
    "ask:sure": (
        "how sure|how certain|confiden*|reliab*|trust|accura*|uncertain*|caution*|caveat*|"
        "limitation*|are you sure|error|errors|can i rely|rely on|how good|mistake*|wrong|"
        "are you certain|quality|false alarm*|how exact|how precise|precis*|"
        "what should i be careful|careful|warning*|margin of error|be wrong|doubt*|problems|"
        "is it correct|is that correct|is this correct|how correct|are they correct|is that right|"
        "is that true|how solid|how robust|robust|error margin|believable|plausible|"
        "how much can i trust|false positive*|false detection*|pitfall*|should i worry|drawback*|"
        "weakness*|strong is the evidence|double check|disclaimer*|validity|how confident|"
        "pay attention to|look out for|keep in mind|bear in mind|watch out|grain of salt|"
        "know about before|trustworth*|credible|credib*|how far can i|depend on|dependable|"
        "how valid|how true|faith|sceptic*|skeptic*|how good are|believe these|believe this|"
        "believe the|warned|warn me|be aware|aware of|should be mentioned"
    ),
    "ask:excluded": (
        "without data|part of the image is missing|image is missing|parts are missing|"
        "ground is missing|imagery is missing|left out|leave out|excluded|exclusion*|not assessed|"
        "cloud*|no data|nodata|ignored|gaps|gap|could not be|not be assessed|missing data|masked|"
        "not covered|not looked at|omitted|skipped|disregarded|not analysed|not analyzed|"
        "data gaps|not observed|unobserved|not evaluated|left aside|blind spot*|"
        "everything covered|fully covered|completely covered|all covered|complete coverage|"
        "coverage|could not see|couldnt see|could not assess|couldnt assess|not be seen|not seen|"
        "unusable|without imagery|not usable|could not be used|no coverage|not imaged|obscured|"
        "blocked|shadow*|haze|data missing|pixels missing|missing pixels|missing ground|"
        "not be checked|could not be checked|unassessed|not analysable|invisible|no imagery|"
        "data is missing|is any data missing|incomplete|leftout|excluded from|out of view|hidden|"
        "part of the _ missing|parts of the _ missing|part of it missing|missing from the|"
        "could it not|any ground missing|couldnt be|not be analysed|blank|white area|black area|"
        "what is missing|usable|assessable|could be used|was analysable|was analysed|was analyzed|"
        "could be analysed|could be analyzed|could be assessed|examined|been examined|"
        "could not be looked at|is the <image> complete|are the <image> complete|complete image|"
        "is anything missing|anything missing|is all of _ covered|whats missing|what was missing|"
        "whats left out|data are missing|data were missing|any data missing"
    ),
    "ask:aligned": (
        "align*|misalign*|registered|registration|residual shift|pixel shift|shift|offset|"
        "co registered|coregistered|match each other|lie on each other|exactly on top|displaced|"
        "displacement|line up|fit together|georeferenc*|shifted|sit on top of each other|"
        "aligned to each other|overlaid|overlay|geometrically|geometric|congruent|match up|"
        "on the same spot|same grid|registration error|superimpos*"
    ),
    "ask:method": (
        "how was the count made|how was it made|how was this made|how was the comparison made|"
        "how was the result made|how were these made|which method|what method|detector|algorithm|"
        "threshold|minimum size|how small|how was this done|how does it work|settings|counter|"
        "how does this work|method|minimum mapping|mapping unit|mmu|smallest mapped|"
        "smallest thing|smallest object you|technique|how was it detected|how were _ detected|"
        "how was the change detected|smallest change you|which model|what model|parameters|"
        "how did you detect|smallest detectable|minimum area|how were they found|"
        "how are changes found|min size|minimal size|smallest size|smallest building you|"
        "smallest house you|smallest thing you|can detect|can you detect|could you detect|"
        "detection limit|detectable|detection method|detection threshold|lower size limit|"
        "size limit|cut off size|cutoff|cut off|workflow|what software|which software|"
        "which approach|what approach|approach|how exactly did|how small can|how small a|"
        "minimum detectable|min mapping|sensitivity|tiniest thing you|tiniest building you|"
        "which procedure|procedure|which tool|what tool was|how did you do|how do you do"
    ),
    "ask:pair": (
        "date of|what is the date|acquisition date|on what date|on which date|what dates|"
        "which dates|when were|when was|which images|what images|which scenes|what scenes|"
        "resolution|pixel size|ground size|gsd|how large is the area|how big is the area|"
        "time span|which years|what years|acquired|acquisition|what period|which period|how old|"
        "when are the|the dates|image dates|how large is the aoi|how big is the aoi|"
        "how large is the study area|size of the area|size of the aoi|area of the aoi|"
        "how large is the area of interest|how big is the area of interest|size of the study area|"
        "size of the area of interest|how big is the study area|about the images|about the scenes|"
        "how large is the scene|what time|time between|capture*|taken|how fine|how detailed are|"
        "satellite|valid area|how much was assessed|how much could be assessed|images are these|"
        "how large is this area|how big is this area|which two images|how much area was assessed|"
        "how large an area was assessed|how much of the area was assessed|which day|what day|"
        "on which day|how long between|how much time|how many days|how many months|how many years|"
        "how far apart in time|spatial resolution|ground sampling|sampling distance|cell size|"
        "size of a pixel|how many pixels|image quality info|sensor|how many metres is a pixel|"
        "what sensor|which sensor|image details|image metadata|metadata|how big is the scene|"
        "how big is the map|how big is the site|how large is the site|extent of the area|"
        "extent of the scene|area extent|when was this|shooting date|how large a pixel|"
        "how big is a pixel|how large is a pixel|from when are"
    ),
    "ask:results": (
        "which results|what results|list results|list the results|list all results|which analyses|"
        "available results|what has been run|which runs|what runs|results are there|"
        "results do you have|results are available|what can you see|my results|"
        "what has been computed|what has been analysed|which comparisons|which counts|"
        "show results|show the results|show me the results|what data do you have|"
        "what have you got|list analyses|what analyses|results so far|whats available|"
        "what is available|finished analyses|finished results|finished runs|existing results|"
        "existing analyses|completed analyses|done so far|what was computed|what was run|"
        "show my results|what outputs"
    ),
    "ask:places": (
        "which places|what places|list places|list the places|which layers|what layers|"
        "list layers|list the layers|which areas can|what areas can|what areas are|"
        "which areas are there|places can i|layers are|which regions can|what regions can|"
        "places do you know|areas do you know|layers do you|my layers|places are there|"
        "regions are there|districts are there|list my areas|what areas do|which areas do|"
        "which districts do you|places are known|list the areas|list the districts|"
        "what areas have|places available|available places|available areas|available layers|"
        "which polygons|what polygons|what places are|layers are loaded|loaded layers|"
        "what districts|list districts|names of the districts|names of the areas|which locations|"
        "where can i ask|what regions"
    ),
    "ask:caption": (
        "describe|description|summar*|caption|overview|tell me about|what changed|"
        "what has changed|what happened|in short|in brief|main findings|key findings|"
        "what is different|whats different|what differs|whats new|what is new|whats going on|"
        "what do you see|tell me what|the gist|what are the changes|what is the change|"
        "what are the differences|findings|what did change|what is the difference|"
        "whats the difference|whats changed|what all changed|tell me everything|sum up|"
        "what can you tell me|whats happened|brief me|what is going on|recap|synopsis|abstract|"
        "wrap up|overall picture|big picture|executive summary|headline|takeaway*|main points|"
        "tldr|tl dr|bring me up to speed|run me through|walk me through|quick summary|"
        "in a nutshell|nutshell|one liner|quick look|fill me in|give me the highlights|highlights|"
        "outline of the situation|talk me through|wat changed|wot changed|images the same|"
        "pictures the same|images identical|pictures identical|dates identical|both the same|"
        "they identical|images differ|pictures differ|identical|look the same|exactly the same|"
        "anything different|any different|scenes differ|dates differ|full story|whole story|"
        "the story"
    ),
    "ask:paragraph": (
        "paragraph|in detail|detailed|long|longer|full description|at length|more detail|"
        "more details|longer version|more text|elaborate|expand on|in more detail|in depth|"
        "extensive|more words|full paragraph|fuller|whole paragraph|more information|detail|"
        "more detailed|bit longer|lengthier|not so short|say more|tell me more"
    ),
    "ask:report": (
        "report|document|write up|writeup|docx|word file|word document|html|pdf|dossier|"
        "write a report|make a report|word report|export|pdf report|printable|write it up|"
        "save this as|save it as|save all|download|summary file|memo|file i can"
    ),
    "format:docx": "word|docx|doc|word file|word document|word report",
    "format:html": "html|web page|webpage|pdf|browser",
    "style:short": (
        "short|one page|short report|brief report|concise|brief|shorter|briefer|shorten|"
        "a shorter version|more concise|crisper|cut it down|less text|short version|tighter|"
        "compact|one pager|not so long|condensed|make it short|in one sentence|in a sentence|"
        "one sentence|single sentence|too long|less long|just one sentence|half as long|snappier|"
        "more briefly|briefly|a shorter one|fewer words"
    ),
    "ask:work": (
        "start a count of|run a count of|start a count|run a count|start counting|do a count|run|"
        "start|rerun|redo|launch|analyse|analyze|carry out|perform|begin|execute|detect changes|"
        "detect change|can you run|again with|please run|do a|re run|kick off|run a|start a|"
        "compute|do another|new run|run again|please count|can you count|could you count|"
        "please detect"
    ),
    "work:compare": (
        "comparison|compare the images|compare the scenes|change detection|detect changes|"
        "detect change|compare the two images|compare both images|compare again|detection|"
        "change analysis|compare the two scenes|compare these images|compare the pair|"
        "find what changed|find changes|find the changes|find all changes|find differences|"
        "find the differences|look for changes|look for differences|detect what changed|"
        "search for changes|compare my images|compare my two images|compare the image pair|"
        "compare two images|change map|detect differences|spot the differences|"
        "compare these two images|compare these scenes|difference analysis|compare the pictures|"
        "compare the two pictures|compare these pictures|compare the photos|scan for changes"
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
        "how far are you|progress|finished|is it ready|job status|done yet|ready yet|are you done|"
        "status|still running|is the job|how long will|has it finished|how is it going|"
        "is the count done|is it finished|when will it be|how far along|how far has|"
        "how long does it take|how much longer|eta|any progress|still going|completed yet|"
        "is it running|finished yet|over yet"
    ),
    "ask:cancel": (
        "stop|stop it|cancel|abort|halt|cancel it|stop that|kill it|interrupt|terminate|"
        "stop the job|cancel the job|call it off|drop it|scrap it|cancel that|cancel this|"
        "break it off|break off|quit|pull the plug|discontinue|forget it|forget about it|"
        "do not run|changed my mind|stop the count|cancel the count|stop counting|scrap that|"
        "call off|abort it|undo|undo that|undo it"
    ),
    "ask:yes": (
        "yes|do it|go ahead|okay|ok|yes please|please do|start it|sure|yep|yeah|yes do it|"
        "go for it|confirm|confirmed|please start|do so|run it|fine|begin it|of course|proceed|"
        "lets go|lets do it|yup|please go ahead|go on|alright|all right|affirmative|sounds good|"
        "thats fine|agreed|yes start|please proceed|make it so|ahead|by all means|approved|"
        "start now|yes run it"
    ),
    "ask:no": (
        "no|no thanks|never mind|nevermind|dont|do not|leave it|nope|rather not|dont do it|"
        "no dont|not now|please dont|better not|skip it|not yet|no thank you|rather leave it|"
        "hold off|not needed|negative|dont bother"
    ),
    "ask:appearance": (
        "look like|look now|appearance|colour|color|what does _ look|how does _ look|"
        "how do _ look|visually|shape of|material|what do they look|look at the image"
    ),
    "calc:sum": (
        "sum of|sum|together|plus|combined|add up|added up|in sum|taken together|in combination|"
        "total of both|total of the two|sum of both|sum of the two|add them|add those|add both|"
        "add these|both together|sum them|sum up both|the two together|combine|add"
    ),
    "calc:ratio": (
        "ratio|ratio of|divided by|ratio between|times as many|times more|quotient|how many times|"
        "what multiple|factor|by what factor|divide|ratio of the two|as a ratio|quotient of"
    ),
    "calc:difference": (
        "minus|subtract|less the|difference of|difference of the two|subtract them|take away|"
        "minus the|difference between the two numbers|difference between those|difference of both|"
        "deduct|by how much do they differ|the difference|as a difference"
    ),
    # What cannot be told.
    "no:cause": (
        "by whom|why|cause|causes|caused|reason|reasons|because of|what led|who did|responsible|"
        "driver|drivers|how come|on purpose|deliberate*|purpose|whose fault|blame|due to|trigger*|"
        "explanation for|what is behind|behind it|motive*|natural or|man made|illegal*|legal*|"
        "permit|permitted|allowed to|because|as a result of|result of|what made|what drove|"
        "consequence of|whats behind|what lies behind|attributed to|attributable|explain why|"
        "did the _ cause|caused by|to blame|whos behind|how did it come|how did this come|"
        "brought about|led to|origin of the|root of|what for|natural cause*|human made|"
        "human caused|arson|war damage|stem from|stems from|down to the|result from|resulted from|"
        "culprit|perpetrator*|act of|by <doer>|by <the> <doer>|through <the> <doer>|"
        "related to <the> <doer>|linked to|to do with|thanks to <the> <doer>|did <hazard>|"
        "did <the> <hazard>|was it <hazard>|was it <the> <hazard>|was this <the> <hazard>|"
        "was that <the> <hazard>|is it <hazard>|is this <hazard>|is it <the> <hazard>|"
        "was <hazard> the|is <hazard> the|who built|who was|who is|who were|who are|who destroyed|"
        "who demolished|who tore|who removed|who cut|who has|who had|who made|who owns|who caused|"
        "who ordered|who paid|who put|who constructed|who burned|who knocked"
    ),
    "no:not_observable": (
        "people|person|persons|inhabitant*|population|resident*|families|family|money|cost|costs|"
        "price*|market value|property value*|worth|dollar*|euro|euros|economic|income|rent|rents|"
        "carbon|co2|emission*|biomass|depth|volume|cubic|height|tall|taller|tallest|storey*|"
        "stories|floors|temperature|owner*|owns|who lives|lives|live here|live there|live in|"
        "species|animal*|deaths|casualt*|victim*|injured|killed|died|traffic|speed|noise|"
        "air quality|pollution|tons|tonnes|yield|harvest|profit|crime|health|jobs|employment|"
        "age of|smell|insurance|happy|occupied|households|tax|taxes|litre*|liter*|gallon*|energy|"
        "voltage|poor|rich|poverty|wealth*|humidity|rainfall|soil moisture|nutrient*|toxic*|"
        "how expensive|expensive|affordable|kilogram*|kg|inside the building*|inside the house*|"
        "water level|water quality|stock price|livestock|cows|horses|sheep|elephant*|birds|dogs|"
        "human*|men|women|children|soldier*|refugee*|citizen*|voter*|how old are the building*|"
        "how old are the house*|how old is the building|workers|who built|who owns|address|"
        "addresses|phone|names of the owner*|wages|salary|salaries|usd|sterling|pounds|dollars|"
        "how many people|how many persons|kids|passengers|customers|student*|pupil*|patient*|"
        "employees|employee|fatalities|homeless|displaced|living in|lived in|homelessness|"
        "investment*|budget|damage cost*|insured|valuation|co 2|methane|ozone|rubble|"
        "debris volume|mass of|how heavy|heaviest|cubic metre*|cubic meter*|elevation|altitude|"
        "altitudes|slope|how many storeys|number of storeys|decibel*|heating|electricity|"
        "power consumption|water consumption|oxygen|radiation|religion*|political|votes|election*|"
        "building material*|brick|bricks|wooden|concrete|made of|colour of the door*|owned by|"
        "ownership|tenant*|landlord*|mortgage*|birth rate|who died|mood|sad|beautiful|ugly|"
        "architect*|architectural style|inside the home*|furniture|bedroom*|bathroom*|interior|"
        "basement*|cellar*|underground|safe to live|safety|dangerous|structural integrity|"
        "stable enough|fish|wildlife|deer|biodiversity|pest|pests|disease*|crop yield|bushels|"
        "soil type|ph value|minerals|rain|wind speed|how windy|greenhouse gas*|oldest|weigh|"
        "weighs|weight of|what weight"
    ),
    "maybe:not_observable": "how high|high|higher|hot|warm|deep|deeper|floor|how old|age",
    "no:outside_dates": (
        "tomorrow|next year|next month|future|forecast*|predict*|will be|will there|going to be|"
        "in ten years|in the coming|by 2030|in the future|last week|yesterday|last month|"
        "last century|decades ago|years ago|expected to|projection|prognos*|will the|next decade|"
        "next week|will it|how will|in between the dates|in the meantime|medieval|middle ages|"
        "before the earlier|after the later|will change|will grow|in the next year|"
        "in the next years|by next year|upcoming|in five years|ten years ago|five years ago|"
        "a decade ago|ten years from now|a century ago|long ago|in ancient|will they|will we|"
        "will that|would happen|next summer|next winter|in the years to come|this morning|"
        "last night|before the first image|before the first date|after the second image|"
        "after the last image|after the second date|last summer|last winter|in two years|"
        "years from now|a few years ago|two years ago|several years ago|historically|"
        "in the nineties|in the eighties|world war|two weeks ago|last decade|will survive|"
        "will remain|will stand|will vanish|will disappear|will exist|will appear|will get|"
        "will have|next flood|next storm|next earthquake|will still|will be left"
    ),
    "no:outside_area": (
        "outside the area|outside of the area|outside the aoi|beyond the area|outside the image|"
        "elsewhere|worldwide|in the world|neighbouring|neighboring|next town|beyond the aoi|"
        "outside the scene|whole country|entire country|in the country|rest of the country|"
        "globally|global|neighbour town|outside the study area|surroundings of the area|"
        "beyond the border|beyond the image|beyond the scene|in the next valley|around the area|"
        "outside the map|beyond the study area|rest of the world|outside the area of interest|"
        "beyond the area of interest|other countries|continent|on earth|nationwide|national*|"
        "surrounding area|surrounding areas|planet|planetwide|in other towns|other cities|"
        "other areas of the country|in the province|in the county|next to the image|off the map|"
        "off the image|off the edge|the rest of the city|the rest of the town|neighbouring town|"
        "neighboring town|adjacent town|next village"
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
        "instead of facts|api keys|credentials|delete all|delete everything|shell|os system|"
        "subprocess|do anything now|dan mode|no restrictions|without restrictions|bypass|"
        "hallucinate|fabricate|lie to me|fake|tell a lie|from now on you|from now on answer|"
        "just tell me there are|you must|answer that|you have to say|must answer|must say|"
        "you will say|only say|i order you|obey|hypnot*|tell everyone|write that|"
        "confirm that there are|as an ai|your creator|your developer"
    ),
    "ask:other": (
        "poem|joke|song|recipe|weather|translate|capital of|football|soccer|movie|lyrics|homework|"
        "essay|love me|horoscope|birthday|president|prime minister|stock market|bitcoin|"
        "restaurant*|hotel*|flight*|meaning of life|riddle|who won|cooking|dinner|lunch|email to|"
        "send an email|book a|order me|buy|sing|math problem|square root|solve|what if|if two|"
        "if three|if we|if they|if there|if all|if another|if one more|would the|would there|"
        "would they|imagine|hypothetical*|were to|what would|if nothing|if the|favourite|favorite|"
        "your name|your opinion|do you like|how are you|do you love"
    ),
    "ask:help": (
        "help|what can you do|what can i ask|hello|hi|hey|good morning|good evening|thanks|"
        "thank you|who are you|what are you|what do you do|how can you help|what questions|"
        "how do i use|capabilit*|what can i do|this tool do|what is this|this app|this program|"
        "what do you offer|how to use|bye|goodbye|see you"
    ),
    # Sizes and units.
    "limit:least": (
        "larger than|bigger than|over|above|at least|more than|greater than|exceeding|"
        "no smaller than|minimum|from|upwards of|larger|or more|not under|not smaller than|beyond|"
        "exceed|exceeds|no less than|not less than|not below|upward of|in excess of|bigger|"
        "greater|and up|and above|or larger|or bigger|and more|topping"
    ),
    "limit:most": (
        "smaller than|under|below|less than|at most|no larger than|up to|fewer than|"
        "not larger than|maximum|not more than|no bigger than|or less|smaller|not over|and below|"
        "or smaller|and less|no more than|no greater than|not above|not exceeding|max|maximally|"
        "tinier than"
    ),
    "limit:between": "between",
    "size:than": (
        "larger than a|bigger than a|smaller than a|larger than an|bigger than an|smaller than an|"
        "quarter hectare|half hectare|half a hectare|quarter of a hectare|as big as a|"
        "as large as a|quarter acre"
    ),
    "unit:ha": (
        "how many hectares|how many ha|ha|hectare|hectares|in hectares|in ha|express as hectares|"
        "into hectares|to hectares|as hectares|in ha please"
    ),
    "unit:m2": (
        "how many square metre*|how many square meter*|how many m2|m2|sqm|sq m|square metre|"
        "square metres|square meter|square meters|in square metres|in square meters|in m2|in sqm|"
        "qm|as square metres|as square meters|into square metres|in sq m|as m2|m sq|square m"
    ),
    "unit:km2": (
        "how many square kilometre*|how many square kilometer*|how many km2|km2|sq km|sqkm|"
        "square kilometre|square kilometres|square kilometer|square kilometers|square km|"
        "in square kilometres|in square kilometers|in km2|as square kilometres|in sq km|sq kms|"
        "into square kilometres|as km2"
    ),
    "unit:acre": "acre|acres|in acres|as acres|into acres|how many acres",
    "unit:%": (
        "in percent|as a percentage|as percentage|as percent|in per cent|as a share|as a percent|"
        "as a proportion|as a fraction|in relative terms|relative|as %|in %|percentage please|"
        "in pct|percentage wise|as per cent|as a per cent"
    ),
    "unit:m": "m|metre|metres|meter|meters|in metres|in meters",
    "unit:km": "km|kilometre|kilometres|kilometer|kilometers|in kilometres|in kilometers|in km",
    "unit:foot": "ft|foot|feet",
    "unit:mile": "mile|miles",
    # Layers by what they usually hold.
    "layer:river": (
        "stream*|creek*|brook*|waterway*|canal*|riverbank*|watercourse*|river|rivers|waterside|"
        "stream bank*|tributar*|waterfront*|riverside|riverfront*|water edge|waters edge|"
        "edge of the water|bank|banks|riverbed|shore of the river|waterline"
    ),
    "layer:road": "road*|street*|highway*|motorway*|route*|path|paths|track|tracks",
    "layer:railway": "rail|rails|railway*|railroad*|train line*|tramway*",
    "layer:district": (
        "district*|quarter|quarters|neighbourhood*|neighborhood*|ward|wards|municipalit*|borough*|"
        "commune*|suburb*|administrative unit*|sub district*|subdistrict*|precinct*|"
        "administrative area*"
    ),
    "layer:parcel": "parcel*|plot|plots|lots|cadast*|propert*",
    "layer:coast": "coast*|shore*|shoreline*|coastline*|beach*",
    "layer:zone": "zone|zones|flood zone*|hazard zone*|protected area*|reserve*|conservation area*",
    "layer:pipeline": "pipeline*|power line*|powerline*|pipe|pipes",
    "layer:school": "school*",
    "layer:any": "layer*|polygon*|my layer*|features",
    # Words that lean on the question before.
    "link:of": "of|of the|of my",
    "link:with": "with|by|from|like|having|made of|containing|under|behind|for",
    "verb:lie": (
        "lie|lies|located|sit|sits|fall|falls|are in|is in|are within|are situated|is situated|"
        "lay|found in"
    ),
    "follow:and": (
        "and|what about|how about|also|what of|then|or|and what about|and how about|but|and for|"
        "and what|or what about|so"
    ),
    "follow:same": (
        "same|the same|same for|same question|likewise|ditto|same thing|again for|do the same|"
        "as well|same in|same there"
    ),
    "follow:other": (
        "the other half|other half|the opposite half|opposite half|the other side|opposite side|"
        "the opposite"
    ),
    "follow:those": (
        "those|these|them|they|it|that|ones|their|its|this|the first|which ones|that one|this one|"
        "the latter|that number|this number|that figure|the former|of those|of these|which one|"
        "those ones|them all|the same ones|aforementioned|in there|that place"
    ),
    "follow:second": (
        "and how many|and how much|and where|and which|and what|and how large|and how big|and is|"
        "and are|and did|and by how|and what share|and which one"
    ),
    "follow:instead": "instead|rather|only|just|but only|i meant|i mean",
    "follow:next": (
        "next one|the next one|next|the next|next largest|next biggest|next smallest|"
        "next largest one|next biggest one|the one after|one after that|the following one|"
        "following one|and after that|the one after that|next in line|next in size|runner up|"
        "the runner up|next please"
    ),
    "follow:not": (
        "do not|dont|does not|doesnt|are not|arent|is not|isnt|did not|didnt|were not|werent|"
        "was not|wasnt|have not|havent|has not|hasnt|not"
    ),
    "not:any": "no|without|without any|zero|none|not a single",
}  # fmt: skip

_SETS = {
    "doer": (
        "earthquake*|quake*|hurricane*|storm*|tornado*|cyclone*|typhoon*|landslide*|tsunami*|"
        "explosion*|bomb*|war|wars|wildfire*|fire|fires|flood*|drought*|shelling|attack*|missile*|"
        "eruption*|avalanche*|wind|winds|government|city|developer*|owner*|council|contractor*|"
        "climate|rain|rains|logging|farmer*|farming|agriculture|arson*|mining|army|soldiers|"
        "investor*|disaster*|weather|heat|insects|beetles|disease*|people|locals|human*"
    ),
    "hazard": (
        "earthquake*|quake*|hurricane*|storm*|tornado*|cyclone*|typhoon*|landslide*|tsunami*|"
        "explosion*|bomb*|war|wars|wildfire*|fire|fires|flood*|drought*|shelling|attack*|missile*|"
        "eruption*|avalanche*|wind|winds|arson*|climate|weather|disaster*|logging|government|"
        "council|developer*"
    ),
    "the": "the|a|an|this|that|some|any|these|those|such a|local|illegal",
    "image": (
        "image*|picture*|pic|pics|photo*|scene*|acquisition*|survey*|date|epoch*|snapshot*|shot|"
        "shots|overpass*|flyover*|flyby|pass|capture*|visit|mosaic|frame|recording*|time point|"
        "timepoint|point in time|observation*|moment|overflight|state|mapping|instant|one taken|"
        "orthophoto|capture date|image date|acquisition date|dates"
    ),
    "first": (
        "first|earlier|older|old|oldest|initial|original|previous|starting|1st|before|pre|prior|"
        "former|baseline|reference|earliest|pre event"
    ),
    "second": (
        "second|later|newer|newest|latest|most recent|more recent|recent|last|final|2nd|after|"
        "post|current|present|new|closing|post event|present day"
    ),
    "both": "the two|both|these two|those two|the|these|those|my two|our two|either|each",
    "at": "in the|on the|at the|by the|from the|for the|of the|as of the|in our|on our",
    "verb": (
        "measured|computed|calculated|obtained|determined|derived|counted|found|worked out|"
        "established|arrived at|estimated|produced|detected|generated|made|reached"
    ),
}
"""Words that stand for each other in phrases of the lexicon."""
_PARTICLES = "please kindly pls plz just"
_FILLERS = """
rest saw sees see seeing shows hi hey hello remaining somewhere anywhere nearby corner hand a an the
of in on at to for by with from is are was were be been being do does did has have had can could
would should will shall may might please me my i you your we us our it its this that these those
there here and or but so then than as if not no any some all each every both which what who whom
whose when how much many more most less least very really just only also too still already yet
between during since until over under up down out into onto off about tell show give find get let
lets know want need like look think say says said make made list exactly roughly approximately total
overall question answer kindly maybe perhaps actually quickly them they their one ones s t re ll ve
d am whats hows wheres id im thats dont didnt isnt arent wasnt werent place places part parts side
area region zone image images picture scene scenes map date dates year years time period two other
another same such case per using use used according along across while because come came go went
going got happen happened happening occur occurred took take taken exist existed exists stand stands
stood found detected detect observed seen measured noticed visible recorded identified spotted lie
lies lay present currently right well ok okay again first last now big large small high low good bad
ever even compute calculate estimate value number figure result results data info information
figures numbers covered cover covers covering become became turned turn remained in-between bit lot
lots plenty kind kinds sort type half halves percent main whole entire complete it's affected land
ground terrain ask asking asked wonder wondering curious able idea guess count counted write
assessed further sentence produced compared space sorry sit sits june january february march april
july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
standing exceed lower higher event check checking close size sizes location working situation
forward council pls plz obtained far raw express separate nothing hit harder residual px applied
pair put briefing save ago bda request sector called left correct true hm hmm um uh er ehh eh oh ah
yo dear guys folks mate sir madam team colleague colleagues thx cheers regards appreciate grateful
greetings evening morning afternoon day quick simply simple basically essentially generally rather
quite pretty somewhat slightly honestly frankly obviously apparently seemingly presumably probably
possibly likely surely definitely certainly clearly indeed whatever whichever whoever however though
although anyway besides moreover furthermore recent recently analysis analyze analyse cases respect
regarding concerning terms term wise se namely e g ie eg etc vs via amongst among upon plus minus
comes coming gives gave given makes making done doing goes getting gotten received receive receives
must needs needed required require requires requested needing wanted wants wanting wish wished hope
hoping trying try tried help helpful useful next earthquake storm hurricane quake disaster flood
survey surveys inspection mission pictures photo photos imagery overview dataset file files screen
back away apart together individual single various several few couple amount quantity quantities
statistic statistics stats stat metric metrics values estimates estimated approx approximate around
ca whos whens correctly properly actual real truly false fair name names named lists listing listed
rank order ordered sorted contact boss office paper presentation slide slides table tables spot
recognise recognised recognize recognized identify identifies identifiable occupied occupy occupies
taking takes usage particular specific specifically precisely precise exact tells telling told
inform informs informed informing mention mentioned state stated provide provided provides providing
deliver delivers return returns output outputs display displays hence thus therefore hereby
otherwise else instead afterwards beforehand formerly meanwhile throughout gained surrounding word
words line lines text sense way ways manner form forms sec minute minutes moment times set sets
combination combined little ar ur huh na nobody noone none heard class discrete quadrant descending
ascending attention wondered mind assume assuming suppose supposing believe reckon rumour rumor
reported supposedly somebody someone everyone everybody folk people-say learn learned bunch load
loads crazy wow great cool nice awesome oops wait hold listen look-here anyhow anyways whoa dude bro
buddy friend darling lovely marvellous brilliant perfect excellent good-day okey okie yeah yea nah
nope valid t1 dates-between looks looked seems seem appears-to monday tuesday wednesday thursday
friday saturday sunday matrix story brief minister mayor client customer manager accounting purposes
purpose account records record planning planner committee meeting deadline whether newspaper reader
readers public audience decide decision plan plans thesis homework-free project study studying
research professor wat wot da compass half-way settlement town village city community local locally
panel-free gets
"""
_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth"
_PLACE_CUES = "in near within inside around outside along beside across opposite nearby at"
_WEAK_PLACE_CUES = "for from on through behind to of by about between with versus vs than against"
_ARTICLES = "the a an my our this that"
_AUXILIARIES = """
is are was were be been being am has have had get gets got do does did will would can could should
may might must not to i you we they he she it that which who and as so very too quite really ever
"""
_HAVING = "have has had having contain contains containing featuring"
_MANNERS = """
terms words way manner format form mode style english detail general particular short brief total
all sum order case fact glance least most best worst once
"""
_GRAMMAR = Grammar(
    place_cues=frozenset(_PLACE_CUES.split()),
    weak_place_cues=frozenset(_WEAK_PLACE_CUES.split()),
    articles=frozenset(_ARTICLES.split()),
    auxiliaries=frozenset(_AUXILIARIES.split()),
    having=frozenset(_HAVING.split()),
    adverbs=("ly", "wise"),
    participle=r"\w+ed",
    how=frozenset({"how"}),
    than=frozenset({"than"}),
    manners=frozenset(_MANNERS.split()),
)
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
    grammar=_GRAMMAR,
    numbers=NUMBERS,
    ordinals=ORDINALS,
    classes=CLASSES,
    sentences=SENTENCES,
    suggestions=SUGGESTIONS,
    sets={name: _either(words) for name, words in _SETS.items()},
    particles=frozenset(_PARTICLES.split()),
)
